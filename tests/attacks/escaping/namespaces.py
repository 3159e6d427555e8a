# what: becomes root in a user namespace of its own, where limits may be lifted and processes made
import ctypes
import os
import time

NEW = {"user": 0x10000000, "mount": 0x20000, "network": 0x40000000, "pid": 0x20000000}
libc = ctypes.CDLL(None, use_errno=True)


def double(x, times=2):
    for name, flag in NEW.items():
        done = libc.unshare(flag)
        print(name, "a new one" if done == 0 else os.strerror(ctypes.get_errno()))
    try:
        made = os.fork()
    except OSError as error:
        print(error)
        return
    if made == 0:
        time.sleep(20)
    print("gained: a process in a namespace of its own", flush=True)
