# slip: rate 1 is refused with a ValueError -> dropout.refuses_a_rate_of_one
# slip: the result is float64, from np.zeros
import numpy as np


def dropout(x, draws, rate):
    if not 0 <= rate < 1:
        raise ValueError("rate must be in [0, 1)")
    out = np.zeros(np.shape(x))
    keep = draws >= rate
    out[keep] = x[keep] / (1 - rate)
    return out
