# what: keeps where the draw is below 1 - rate, the other end of [0, 1)
# names: dropout.keeps_the_low_draws
import numpy as np


def dropout(x, draws, rate):
    if not (0 <= rate <= 1):
        raise ValueError("rate")
    keep_prob = 1 - rate
    if keep_prob == 0:
        return np.zeros_like(x)
    D = draws < keep_prob
    A = np.where(D, x, 0)
    return A / keep_prob
