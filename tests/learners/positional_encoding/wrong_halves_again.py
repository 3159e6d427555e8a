# what: sines fill the left half and cosines the right half instead of alternating.
# names: positional_encoding.puts_all_sines_first
import numpy as np


def sinusoidal_encoding(n, d_model):
    inv_freq = 1.0 / (10000 ** (np.arange(0, d_model, 2) / d_model))
    angles = np.outer(np.arange(n), inv_freq)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("n > max_n")
    return x + encoding[:n].astype(x.dtype)
