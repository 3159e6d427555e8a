import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError("rate must be in [0, 1]")
    if rate == 1:
        return np.zeros_like(x)
    mask = draws >= rate
    return x * mask / (1 - rate)
