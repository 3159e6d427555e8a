import numpy as np


def sinusoidal_encoding(n, d_model):
    positions = np.arange(n, dtype=float).reshape(-1, 1)
    div_term = np.exp(np.arange(0, d_model, 2) * -(np.log(10000.0) / d_model))
    pe = np.empty((n, d_model), order="F")
    pe[:, 0::2] = np.sin(positions * div_term)
    pe[:, 1::2] = np.cos(positions * div_term)
    return pe


def add_positions(x, encoding):
    length = x.shape[-2]
    if length > encoding.shape[0]:
        raise ValueError
    swapped = np.swapaxes(x, -1, -2) + encoding[:length].T
    return np.swapaxes(swapped, -1, -2).astype(x.dtype)
