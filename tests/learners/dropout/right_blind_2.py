import numpy as np


def dropout(x, draws, rate):
    if not 0.0 <= rate <= 1.0:
        raise ValueError(f"rate has to be between 0 and 1, but is {rate}")
    if rate == 1.0:
        return x * 0.0
    keep_prob = 1.0 - rate
    mask = (draws >= rate).astype(x.dtype)
    return x * mask / keep_prob
