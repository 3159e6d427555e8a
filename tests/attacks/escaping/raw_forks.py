# what: makes processes by the kernel's own calls, past Python and the C library
import ctypes
import os
import platform
import signal
import time

CLONE, FORK, VFORK = {"x86_64": (56, 57, 58), "aarch64": (220, None, None)}[platform.machine()]
CLONE3, UNTRACED, PARENT = 435, 0x800000, 0x8000
libc = ctypes.CDLL(None, use_errno=True)
WAYS = {
    "clone": (CLONE, signal.SIGCHLD, 0, 0, 0, 0),
    "clone, untraced": (CLONE, signal.SIGCHLD | UNTRACED, 0, 0, 0, 0),
    "clone, a sibling": (CLONE, signal.SIGCHLD | PARENT, 0, 0, 0, 0),
    "clone3": (CLONE3, ctypes.byref((ctypes.c_uint64 * 11)(0, 0, 0, 0, signal.SIGCHLD)), 88),
    "fork": (FORK,),
}


def double(x, times=2):
    for name, call in WAYS.items():
        if call[0] is None:
            continue
        made = libc.syscall(*call)
        if made < 0:
            print(name, os.strerror(ctypes.get_errno()))
            continue
        print("gained: a process by", name, flush=True)
        time.sleep(20)
