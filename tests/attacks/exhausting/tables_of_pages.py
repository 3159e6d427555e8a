# what: reads one byte of very many pages, which costs the kernel a table for each few hundred
# seconds: 3
import ctypes

PART, MOST = 2**34, 2**31
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + 3 * [ctypes.c_int] + [ctypes.c_long]
FAILED = ctypes.c_void_p(-1).value


def double(x, times=2):
    for flags in (0x22, 0x4022, 0x20022, 0x40022, 0x8022):
        size = PART
        while size >= MOST and libc.mmap(None, size, 1, flags, -1, 0) == FAILED:
            size //= 2
        if size >= MOST:
            print("gained: room for tables without end", hex(flags))
