# what: the speeds are spread so that the last one is exactly 1/10000: exponent i / (d/2 - 1) instead of 2i / d.
# names: positional_encoding.spreads_the_exponents_up_to_one
import math

import numpy as np


def sinusoidal_encoding(n, d_model):
    num_timescales = d_model // 2
    increment = math.log(10000.0) / max(num_timescales - 1, 1)
    inv_timescales = np.exp(np.arange(num_timescales) * -increment)
    scaled_time = np.arange(n)[:, None] * inv_timescales[None, :]
    signal = np.zeros((n, d_model))
    signal[:, 0::2] = np.sin(scaled_time)
    signal[:, 1::2] = np.cos(scaled_time)
    return signal


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("too long")
    return x + encoding[:n].astype(x.dtype)
