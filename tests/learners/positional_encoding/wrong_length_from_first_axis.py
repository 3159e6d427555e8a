# what: takes the length of the sequence from x.shape[0], which is the batch when there is one.
# names: positional_encoding.counts_sequences_instead_of_positions
import numpy as np


def sinusoidal_encoding(n, d_model):
    theta = np.outer(np.arange(n), np.power(10000.0, -2.0 * np.arange(d_model // 2) / d_model))
    result = np.zeros((n, d_model))
    for i in range(d_model // 2):
        result[:, 2 * i] = np.sin(theta[:, i])
        result[:, 2 * i + 1] = np.cos(theta[:, i])
    return result


def add_positions(x, encoding):
    n = x.shape[0]
    if n > encoding.shape[0]:
        raise ValueError("sequence longer than table")
    return x + encoding[:n].astype(x.dtype)
