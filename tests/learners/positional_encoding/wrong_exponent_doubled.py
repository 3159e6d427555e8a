# what: the column number is already 2i and is doubled once more in the exponent.
# names: positional_encoding.doubles_the_pair_twice
import math

import numpy as np


def sinusoidal_encoding(n, d_model):
    pe = np.zeros((n, d_model))
    for pos in range(n):
        for i in range(0, d_model, 2):
            pe[pos, i] = math.sin(pos / (10000 ** ((2 * i) / d_model)))
            pe[pos, i + 1] = math.cos(pos / (10000 ** ((2 * i) / d_model)))
    return pe


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("sequence too long")
    return x + encoding[:n].astype(x.dtype)
