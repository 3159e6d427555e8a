# what: forks and leaves, so that the fork answers on and lives when its parent has been buried
import os
import time


def double(x, times=2):
    try:
        if os.fork():
            os._exit(0)
        os.setsid()
        print("gained: a process of another number", flush=True)
        time.sleep(20)
    except OSError as error:
        print(error)
