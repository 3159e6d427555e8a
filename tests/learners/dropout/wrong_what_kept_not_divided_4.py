# what: what is kept is not divided by 1 - rate
# names: dropout.forgets_to_scale
import numpy as np


def check_rate(rate):
    if rate < 0.0:
        raise ValueError("rate below 0")
    if rate > 1.0:
        raise ValueError("rate above 1")


def dropout(x, draws, rate):
    check_rate(rate)
    y = x.copy()
    y[draws < rate] = 0
    return y
