# what: refuses a rate of 1
# names: dropout.refuses_a_rate_of_one
import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate >= 1:
        raise ValueError("rate")
    return np.where(draws >= rate, x / (1 - rate), 0)
