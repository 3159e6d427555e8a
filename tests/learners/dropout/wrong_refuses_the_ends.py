# what: refuses 0 and 1
# names: dropout.refuses_both_ends
import numpy as np


def dropout(x, draws, rate):
    if not 0 < rate < 1:
        raise ValueError("rate must be between 0 and 1")
    return np.where(draws >= rate, x / (1 - rate), 0)
