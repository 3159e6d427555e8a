# what: trusts NumPy to complain about a table that is too short, but a table of one row broadcasts over the whole sequence.
# names: positional_encoding.never_checks_the_length
import numpy as np


def sinusoidal_encoding(n, d_model):
    even = np.arange(0, d_model, 2)
    angles = np.arange(n)[:, None] * np.exp(-np.log(10000.0) * even / d_model)
    out = np.empty((n, d_model))
    out[:, even], out[:, even + 1] = np.sin(angles), np.cos(angles)
    return out


def add_positions(x, encoding):
    # adding arrays that do not fit is a ValueError already
    return x + encoding[: x.shape[-2]].astype(x.dtype)
