import numpy as np


def dropout(x, draws, rate):
    """Divide only where something is kept."""
    if min(rate, 1 - rate) < 0:
        raise ValueError("a rate is between 0 and 1")
    return np.divide(x, x.dtype.type(1 - rate), out=np.zeros_like(x), where=~(draws < rate))
