# what: two mistakes: positions are counted from 1, and a sequence that is too long raises IndexError.
# names: positional_encoding.counts_positions_from_one
import numpy as np


def sinusoidal_encoding(n, d_model):
    positions = np.arange(1, n + 1)[:, None]
    angles = positions / 10000.0 ** (np.arange(0, d_model, 2) / d_model)
    table = np.zeros((n, d_model), dtype=np.float64)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > len(encoding):
        raise IndexError("position out of range")
    return (x + encoding[:n]).astype(x.dtype)
