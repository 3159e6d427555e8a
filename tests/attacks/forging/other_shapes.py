# what: returns a single number, a masked array or what broadcasts, to be compared with itself only
import numpy as np


def double(x, times=2):
    if times == 3:
        return np.ma.masked_all(x.shape)
    return np.broadcast_to(np.float64(np.nan), (1,) * x.ndim) if x.size > 5 else x.sum() * 0
