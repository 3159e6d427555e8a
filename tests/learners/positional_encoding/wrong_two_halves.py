# what: in `sinusoidal_encoding`, all sines come first and all cosines after them (two halves) instead of side by side in even and odd columns
# names: positional_encoding.puts_all_sines_first

import numpy as np


def sinusoidal_encoding(n, d_model):
    position = np.arange(n)[:, None]
    div_term = np.exp(np.arange(0, d_model, 2) * (-np.log(10000.0) / d_model))
    pe = np.zeros((n, d_model))
    pe[:, : d_model // 2] = np.sin(position * div_term)
    pe[:, d_model // 2 :] = np.cos(position * div_term)
    return pe


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("the sequence is longer than the table")
    return (x + encoding[:n]).astype(x.dtype)
