# what: takes the length from axis 0 (or 1 if there are three), which with two batch axes is not the sequence.
# names: positional_encoding.counts_on_one_batch_axis_at_most
import numpy as np


def sinusoidal_encoding(n, d_model):
    pos = np.arange(n)[:, None]
    angle = pos / 10000 ** (np.arange(0, d_model, 2) / d_model)
    pe = np.zeros((n, d_model))
    pe[:, 0::2] = np.sin(angle)
    pe[:, 1::2] = np.cos(angle)
    return pe


def add_positions(x, encoding):
    seq_len = x.shape[0] if x.ndim == 2 else x.shape[1]
    if seq_len > len(encoding):
        raise ValueError("sequence longer than table")
    pe = encoding[:seq_len].astype(x.dtype)
    if x.ndim == 2:
        return x + pe
    return x + pe[None, :, :]
