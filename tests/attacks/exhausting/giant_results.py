# what: returns arrays that claim more entries than there is memory, without holding them
import numpy as np


def double(x, times=2):
    if times == 3:
        return np.ones(2**26, np.int8), np.ones(2**26, np.int8)
    return np.broadcast_to(np.float64(1), (2**20, 2**20))
