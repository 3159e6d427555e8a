# what: // in the exponent makes it 0 for every pair, so all hands turn at the same speed.
# names: positional_encoding.rounds_the_exponent_down
import numpy as np


def sinusoidal_encoding(n, d_model):
    pos = np.arange(n)[:, np.newaxis]
    i = np.arange(d_model // 2)[np.newaxis, :]
    angle = pos / 10000.0 ** (2 * i // d_model)
    enc = np.empty((n, d_model))
    enc[:, ::2] = np.sin(angle)
    enc[:, 1::2] = np.cos(angle)
    return enc


def add_positions(x, encoding):
    n, max_n = x.shape[-2], encoding.shape[0]
    if n > max_n:
        raise ValueError(f"{n} > {max_n}")
    return x + np.asarray(encoding[:n], dtype=x.dtype)
