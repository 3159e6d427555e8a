# what: allocates arrays until the machine has no memory left
# ends: out_of_memory failed
import numpy as np

kept = []


def double(x, times=2):
    for number in range(32):
        kept.append(np.ones(2**23))
        if number > 8:
            print("gained: memory beyond the limit")
            break
