import numpy as np


def dropout(x, draws, rate):
    keep = 1 - rate
    if keep < 0 or keep > 1:
        raise ValueError("bad rate")
    mask = (draws >= rate).astype(x.dtype)
    if keep > 0:
        mask = mask / keep
    return np.multiply(x, mask)
