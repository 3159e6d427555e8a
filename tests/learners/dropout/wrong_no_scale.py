# what: no scaling
# names: dropout.forgets_to_scale
import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError
    return np.where(draws >= rate, x, 0)
