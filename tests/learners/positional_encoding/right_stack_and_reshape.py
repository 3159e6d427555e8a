import numpy as np


def sinusoidal_encoding(n, d_model):
    i = np.arange(d_model // 2)
    angles = np.arange(n)[:, None] / np.power(10000.0, 2 * i / d_model)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(n, d_model)


def add_positions(x, encoding):
    n = x.shape[-2]
    max_n = encoding.shape[0]
    if n > max_n:
        raise ValueError("sequence too long")
    return x + encoding[:n].astype(x.dtype)
