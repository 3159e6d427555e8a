# what: // in the exponent makes every exponent 0, so all hands turn at the same speed.
# names: positional_encoding.rounds_the_exponent_down
import numpy as np


def sinusoidal_encoding(n, d_model):
    pos = np.arange(n).reshape(n, 1)
    i = np.arange(d_model // 2)
    angle = pos / 10000 ** (2 * i // d_model)
    pe = np.zeros((n, d_model))
    pe[:, ::2] = np.sin(angle)
    pe[:, 1::2] = np.cos(angle)
    return pe


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("sequence too long")
    return x + encoding[:n].astype(x.dtype)
