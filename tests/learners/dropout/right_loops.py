import numpy as np


def dropout(x, draws, rate):
    assert_probability(rate)
    y = np.zeros(x.shape, dtype=x.dtype)
    for index in np.ndindex(x.shape):
        if draws[index] >= rate:
            y[index] = x[index] / (1 - rate)
    return y


def assert_probability(p):
    if p < 0 or p > 1:
        raise ValueError("no probability")
