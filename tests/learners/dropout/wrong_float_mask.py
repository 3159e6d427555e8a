# what: a float64 mask
# names: dropout.loses_single_precision
import numpy as np


def dropout(x, draws, rate):
    if not 0 <= rate <= 1:
        raise ValueError("rate")
    if rate == 1:
        return x * 0
    mask = (draws >= rate).astype(float) / (1 - rate)
    return x * mask
