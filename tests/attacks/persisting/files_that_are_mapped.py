# what: changes files by mapping them, which no limit on the size of files counts
import ctypes
import mmap
import os

FILES = ["@COURSE@/exercises/numbers/quadruple.py", "@COURSE@/course.yaml", "/etc/passwd", __file__]
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + 3 * [ctypes.c_int] + [ctypes.c_long]
FAILED = ctypes.c_void_p(-1).value


def double(x, times=2):
    for path in FILES:
        for flags in (os.O_RDWR, os.O_RDONLY):
            try:
                file = os.open(path, flags)
            except OSError as error:
                print(error)
                continue
            if flags == os.O_RDWR:
                print("gained: opened for writing", path)
            for way in (mmap.MAP_SHARED, 3):
                if libc.mmap(None, 4096, 3, way, file, 0) != FAILED:
                    print("gained: mapped for writing", path)
            if libc.mmap(None, 4096, 1, mmap.MAP_SHARED, file, 0) != FAILED:
                print("gained: mapped with others", path)
            os.close(file)
