import math

import numpy as np


def sinusoidal_encoding(n, d_model):
    rows = []
    for pos in range(n):
        row = []
        for i in range(d_model // 2):
            angle = pos / math.pow(10000, 2 * i / d_model)
            row += [math.sin(angle), math.cos(angle)]
        rows.append(row)
    return np.array(rows)


def add_positions(x, encoding):
    length = x.shape[-2]
    if length > len(encoding):
        raise ValueError("sequence too long")
    placed = np.array(x, copy=True)
    for pos in range(length):
        placed[..., pos, :] += encoding[pos].astype(x.dtype)
    return placed
