# what: zeros in the array of the caller
# names: dropout.makes_zeros_in_place
import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError("rate")
    if rate == 1: return np.zeros_like(x)
    x[draws < rate] = 0
    return x / (1 - rate)
