# what: a draw that is equal to the rate is dropped (> for >=), so with rate 0 a draw of 0 is, too
# names: dropout.drops_a_draw_at_the_rate
import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError("dropout rate must be in [0, 1]")
    if rate == 1:
        return np.zeros_like(x)
    mask = draws > rate
    return np.where(mask, x / (1 - rate), 0)
