# what: divides by the share that was kept, in double precision
# names: dropout.divides_by_the_share_that_happened
import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError
    mask = draws >= rate
    if not mask.any():
        return np.zeros_like(x)
    return np.where(mask, x / float(mask.mean()), 0)
