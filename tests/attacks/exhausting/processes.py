# what: forks as fast as it can, each fork forking in turn, though never more than a few dozen
import os
import time


def double(x, times=2):
    for _ in range(6):
        try:
            if os.fork() == 0:
                time.sleep(0.01)
        except OSError as error:
            print(error)
            return
        print("gained: another process", flush=True)
    time.sleep(20)
