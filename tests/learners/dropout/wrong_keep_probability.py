# what: the rate is what is kept
# names: dropout.takes_the_rate_for_what_is_kept
import numpy as np


def dropout(x, draws, rate):
    if not 0 <= rate <= 1:
        raise ValueError
    keep_prob = rate
    if keep_prob == 0:
        return np.zeros_like(x)
    return x * (draws < keep_prob) / keep_prob
