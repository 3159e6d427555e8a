import numpy as np


def sinusoidal_encoding(n, d_model):
    position = np.arange(n)[:, None]
    rate = 10000.0 ** (-np.arange(0, d_model, 2) / d_model)
    encoding = np.zeros((n, d_model))
    encoding[:, 0::2] = np.sin(position * rate)
    encoding[:, 1::2] = np.cos(position * rate)
    return encoding


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError(f"a sequence of {n} is longer than the table of {encoding.shape[0]}")
    return x + encoding[:n].astype(x.dtype)
