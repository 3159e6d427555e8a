import math

import numpy as np


def sinusoidal_encoding(n, d_model):
    table = np.zeros((n, d_model))
    for pos in range(n):
        for j in range(d_model):
            pair = j // 2
            angle = pos / 10000 ** (2 * pair / d_model)
            if j % 2 == 0:
                table[pos, j] = math.sin(angle)
            else:
                table[pos, j] = math.cos(angle)
    return table


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > len(encoding):
        raise ValueError("sequence of " + str(n) + " but only " + str(len(encoding)) + " positions")
    result = x.copy()
    for pos in range(n):
        for j in range(x.shape[-1]):
            result[..., pos, j] = x[..., pos, j] + encoding[pos, j]
    return result
