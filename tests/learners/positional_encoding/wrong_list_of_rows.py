# what: the table is returned as a list of lists, not as an array.
import math

import numpy as np


def sinusoidal_encoding(n, d_model):
    table = []
    for pos in range(n):
        row = []
        for i in range(d_model // 2):
            angle = pos / math.pow(10000, 2 * i / d_model)
            row += [math.sin(angle), math.cos(angle)]
        table.append(row)
    return table


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > len(encoding):
        raise ValueError("sequence too long")
    return x + np.array(encoding[:n], dtype=x.dtype)
