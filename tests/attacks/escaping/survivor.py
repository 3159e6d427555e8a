# what: forks twice into a session of its own, to write into the course when nobody looks any more
import os
import time


def double(x, times=2):
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(2)
                os.mkdir("@MARKER@/survived")
                time.sleep(20)
            os._exit(0)
        print("gained: a survivor")
    except OSError as error:
        print(error)
