# what: > for >=
# names: dropout.drops_a_draw_at_the_rate
import numpy as np


def dropout(x, draws, rate):
    if not 0 <= rate <= 1:
        raise ValueError
    if rate == 1:
        return np.zeros_like(x)
    return np.where(draws > rate, x / (1 - rate), 0)
