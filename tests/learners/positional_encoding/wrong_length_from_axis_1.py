# what: in `add_positions`, the length of the sequence is taken from axis 1 instead of the second axis from the end, wrong unless x has three axes
# names: positional_encoding.reads_n_from_axis_one

import numpy as np


def sinusoidal_encoding(n, d_model):
    table = np.empty((n, d_model))
    for pos in range(n):
        for i in range(d_model // 2):
            angle = pos / 10000 ** (2 * i / d_model)
            table[pos, 2 * i] = np.sin(angle)
            table[pos, 2 * i + 1] = np.cos(angle)
    return table


def add_positions(x, encoding):
    length = x.shape[1]
    max_n = len(encoding)
    if length > max_n:
        raise ValueError(f"{length} positions, but the table has {max_n}")
    rows = np.take(encoding, np.arange(length), axis=0)
    return x + rows.astype(x.dtype)
