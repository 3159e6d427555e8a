# what: the sines fill the left half of the columns and the cosines the right half, instead of taking turns.
# names: positional_encoding.puts_all_sines_first
import numpy as np


def sinusoidal_encoding(n, d_model):
    i = np.arange(d_model // 2)
    angles = np.arange(n)[:, None] / 10000 ** (2 * i / d_model)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("sequence too long")
    return (x + encoding[:n]).astype(x.dtype)
