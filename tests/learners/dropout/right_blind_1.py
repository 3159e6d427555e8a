import numpy as np


def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError("the rate is a probability")
    kind = x.dtype if x.dtype.kind == "f" else np.float64
    y = np.zeros(x.shape, dtype=kind)
    if rate == 1:
        return y
    for place in np.ndindex(x.shape):
        if draws[place] >= rate:
            y[place] = x[place] / (1 - rate)
    return y
