# what: takes more than its share of memory as what is not counted when it is mapped
# seconds: 20
import ctypes
import sys

MEMORY, MARGIN = 2**28, 2**27
PART, COUNT = 2**26, 7
PRIVATE, ANONYMOUS = 2, 0x20
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + 3 * [ctypes.c_int] + [ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
libc.mremap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int]
libc.mremap.restype = ctypes.c_void_p
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
libc.sbrk.argtypes, libc.sbrk.restype = [ctypes.c_long], ctypes.c_void_p
FAILED = ctypes.c_void_p(-1).value


def written_later():
    place = libc.mmap(None, PART, 1, PRIVATE | ANONYMOUS, -1, 0)
    return place != FAILED and not libc.mprotect(place, PART, 3) and place


def only_reserved():
    place = libc.mmap(None, PART, 0, PRIVATE | ANONYMOUS | 0x4000, -1, 0)
    return place != FAILED and not libc.mprotect(place, PART, 3) and place


def grown():
    place = libc.mmap(None, 4096, 3, PRIVATE | ANONYMOUS, -1, 0)
    place = libc.mremap(place, 4096, PART, 1)
    return place != FAILED and place


def at_the_break():
    place = libc.sbrk(PART)
    return place != FAILED and place


def copied_from_a_file():
    with open(sys.modules["numpy"].__file__, "rb") as file:
        place = libc.mmap(None, PART, 3, PRIVATE, file.fileno(), 0)
    return place != FAILED and place


def double(x, times=2):
    if x.shape != (2, 3):
        return
    for way in (written_later, only_reserved, grown, at_the_break, copied_from_a_file):
        places = []
        while len(places) < COUNT and (place := way()):
            places.append(place)
            if way is not copied_from_a_file:
                ctypes.memset(place, 1, PART)
        if len(places) * PART > MEMORY + MARGIN:
            print("gained: memory that was", way.__name__)
        for place in places:
            if way is not at_the_break:
                libc.munmap(place, PART)
        if way is at_the_break and places:
            libc.sbrk(-PART * len(places))
