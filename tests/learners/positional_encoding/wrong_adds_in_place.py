# what: += writes the positions into the caller's x.
# names: positional_encoding.adds_in_place
import numpy as np


def sinusoidal_encoding(n, d_model):
    rates = [10000 ** (-2 * i / d_model) for i in range(d_model // 2)]
    return np.array([[f(p * r) for r in rates for f in (np.sin, np.cos)] for p in range(n)])


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("the sequence does not fit")
    x += encoding[:n].astype(x.dtype)
    return x
