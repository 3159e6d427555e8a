# what: a float32 sequence plus a float64 table is returned as float64.
# names: positional_encoding.lets_the_table_decide_the_dtype
import numpy as np


def sinusoidal_encoding(n, d_model):
    i = np.arange(d_model // 2)
    angles = np.arange(n)[:, None] / 10000 ** (2 * i / d_model)
    return np.dstack([np.sin(angles), np.cos(angles)]).reshape(n, d_model)


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("sequence too long")
    return x + encoding[:n]
