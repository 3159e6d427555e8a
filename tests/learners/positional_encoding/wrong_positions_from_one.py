# what: the positions are counted from 1 instead of 0.
# names: positional_encoding.counts_positions_from_one
import numpy as np


def sinusoidal_encoding(n, d_model):
    pos = np.arange(1, n + 1)[:, np.newaxis]
    div = np.exp(np.arange(0, d_model, 2) * (-np.log(10000.0) / d_model))
    pe = np.zeros((n, d_model))
    pe[:, 0::2] = np.sin(pos * div)
    pe[:, 1::2] = np.cos(pos * div)
    return pe


def add_positions(x, encoding):
    seq_len = x.shape[-2]
    if seq_len > encoding.shape[0]:
        raise ValueError(f"sequence length {seq_len} is too long")
    return x + encoding[:seq_len].astype(x.dtype)
