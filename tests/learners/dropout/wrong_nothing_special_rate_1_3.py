# what: nothing special for rate 1, so 0 is divided by 0 and everything is nan
# names: dropout.divides_zero_by_zero
import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError(f"bad rate: {rate}")
    kept = np.where(draws >= rate, x, 0)
    return np.divide(kept, 1 - rate)
