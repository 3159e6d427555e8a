# slip: no ValueError for a rate above 1 -> dropout.takes_rates_above_one
# slip: the zeros are written into the x that was given
import numpy as np


def dropout(x, draws, rate):
    if rate < 0:
        raise ValueError("negative dropout rate")
    if rate == 1:
        return np.zeros_like(x)
    x[draws < rate] = 0
    return x / (1.0 - rate)
