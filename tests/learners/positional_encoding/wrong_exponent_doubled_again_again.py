# what: in `sinusoidal_encoding`, the exponent is twice too large: the even index 2i is doubled once more, 10000 ** (2 * 2i / d)
# names: positional_encoding.doubles_the_pair_twice

import numpy as np


def sinusoidal_encoding(n, d_model):
    position = np.arange(n)[:, None]
    div_term = np.exp(2 * np.arange(0, d_model, 2) * (-np.log(10000.0) / d_model))
    pe = np.zeros((n, d_model))
    pe[:, 0::2] = np.sin(position * div_term)
    pe[:, 1::2] = np.cos(position * div_term)
    return pe


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("the sequence is longer than the table")
    return (x + encoding[:n]).astype(x.dtype)
