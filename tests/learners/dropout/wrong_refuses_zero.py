# what: refuses a rate of 0
# names: dropout.refuses_a_rate_of_zero
import numpy as np


def dropout(x, draws, rate):
    if rate <= 0 or rate > 1:
        raise ValueError("rate")
    if rate == 1: return np.zeros_like(x)
    return np.where(draws >= rate, x / (1 - rate), 0)
