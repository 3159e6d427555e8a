# what: keeps the small draws
# names: dropout.keeps_what_is_to_be_dropped
import numpy as np


def dropout(x, draws, rate):
    if not 0 <= rate <= 1:
        raise ValueError("rate")
    if rate == 1:
        return np.zeros_like(x)
    return x * (draws < rate) / (1 - rate)
