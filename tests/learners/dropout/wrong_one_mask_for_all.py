# what: one row of draws
# names: dropout.uses_one_row_of_draws
import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError
    row = draws[..., 0, :] if draws.ndim > 1 else draws
    mask = (row >= rate)[..., None, :] if draws.ndim > 1 else row >= rate
    if rate == 1:
        return np.zeros_like(x)
    return np.where(mask, x / (1 - rate), 0)
