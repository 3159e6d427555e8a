# what: starts threads in five ways, each of which is another stack, and another to be counted
# seconds: 5
import _thread
import ctypes
import platform
import threading
import time
from concurrent.futures import ThreadPoolExecutor

CLONE, CLONE3 = {"x86_64": (56, 435), "aarch64": (220, 435)}[platform.machine()]
THREAD = 0x3D0F00  # as the C library does it
libc = ctypes.CDLL(None, use_errno=True)
started = ctypes.c_ulong()
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)


@CALLBACK
def run(_):
    time.sleep(1)
    return 0


def in_c():
    if libc.pthread_create(ctypes.byref(started), None, run, None):
        raise OSError("pthread_create")


def by_system_call():
    if libc.syscall(CLONE, 0x10000 | 0x800 | 0x100, None, None, None, 0) == -1:
        raise OSError(ctypes.get_errno(), "clone")


def by_a_newer_one():
    if libc.syscall(CLONE3, (ctypes.c_uint64 * 11)(0x10F00), 88) == -1:
        raise OSError(ctypes.get_errno(), "clone3")


def double(x, times=2):
    for start in (
        lambda: threading.Thread(target=time.sleep, args=[1], daemon=True).start(),
        lambda: _thread.start_new_thread(time.sleep, (1,)),
        lambda: ThreadPoolExecutor().submit(time.sleep, 1),
        in_c,
        by_system_call,
        by_a_newer_one,
    ):
        try:
            start()
            print("gained: a thread")
        except (RuntimeError, OSError) as error:
            print(error)
