# what: in `sinusoidal_encoding`, the cosine has an angle of its own, with exponent (2i + 1) / d instead of 2i / d
# names: positional_encoding.gives_every_column_an_angle_of_its_own

import numpy as np


def sinusoidal_encoding(n, d_model):
    table = np.empty((n, d_model))
    for pos in range(n):
        for i in range(d_model // 2):
            angle = pos / 10000 ** (2 * i / d_model)
            table[pos, 2 * i] = np.sin(angle)
            table[pos, 2 * i + 1] = np.cos(pos / 10000 ** ((2 * i + 1) / d_model))
    return table


def add_positions(x, encoding):
    length = x.shape[-2]
    max_n = len(encoding)
    if length > max_n:
        raise ValueError(f"{length} positions, but the table has {max_n}")
    rows = np.take(encoding, np.arange(length), axis=0)
    return x + rows.astype(x.dtype)
