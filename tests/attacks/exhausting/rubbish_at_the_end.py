# what: leaves objects, threads and functions behind that never let the interpreter end
import atexit
import os
import threading
import time
import weakref


class Undying:
    def __del__(self):
        while True:
            time.sleep(1)


def never(*args):
    while True:
        time.sleep(1)


kept = Undying()
atexit.register(never)
weakref.finalize(kept, never)
threading._register_atexit(never)


def double(x, times=2):
    raise SystemExit(os.getpid())
