# what: opens files and pipes until neither this process nor the machine has a descriptor left
import os

kept = []


def double(x, times=2):
    for make in (lambda: os.open("/dev/null", os.O_RDONLY), os.pipe, lambda: os.dup(1)):
        try:
            while len(kept) < 2000:
                kept.append(make())
            print("gained: descriptors beyond the limit")
        except OSError as error:
            print(error)
