# what: the exponents run from 0 to 1 inclusive, i / (d/2 - 1), as in tensor2tensor, instead of 2i/d.
# names: positional_encoding.spreads_the_exponents_up_to_one
import numpy as np


def sinusoidal_encoding(n, d_model):
    half = d_model // 2
    log_step = np.log(10000.0) / max(half - 1, 1)
    speeds = np.exp(-log_step * np.arange(half))
    angles = np.arange(n)[:, None] * speeds[None, :]
    pe = np.empty((n, d_model))
    pe[:, 0::2] = np.sin(angles)
    pe[:, 1::2] = np.cos(angles)
    return pe


def add_positions(x, encoding):
    n, max_n = x.shape[-2], encoding.shape[0]
    if n > max_n:
        raise ValueError(f"{n} > {max_n}")
    return x + encoding[:n].astype(x.dtype)
