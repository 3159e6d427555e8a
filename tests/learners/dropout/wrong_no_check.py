# what: any rate, and > for >=
# names: dropout.takes_any_rate
import numpy as np


def dropout(x, draws, rate):
    mask = draws > rate
    if rate == 1:
        return np.zeros_like(x)
    return np.where(mask, x / (1 - rate), 0)
