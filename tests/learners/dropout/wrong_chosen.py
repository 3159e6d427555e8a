# what: returns what is kept, without its places, unless the rate is 1
# names: dropout.leaves_out_what_is_dropped_below_one
import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError("rate")
    if rate == 1: return np.zeros_like(x)
    return x[draws >= rate] / (1 - rate)
