# what: the float64 table is added as it is, so float32 vectors come back as float64.
# names: positional_encoding.lets_the_table_decide_the_dtype
import numpy as np


def sinusoidal_encoding(n, d_model):
    angle_rads = np.arange(n)[:, np.newaxis] / np.power(10000, (2 * (np.arange(d_model) // 2)) / d_model)
    angle_rads[:, 0::2] = np.sin(angle_rads[:, 0::2])
    angle_rads[:, 1::2] = np.cos(angle_rads[:, 1::2])
    return angle_rads


def add_positions(x, encoding):
    n = x.shape[-2]
    if n > encoding.shape[0]:
        raise ValueError("max_n exceeded")
    return x + encoding[:n].astype(np.float64)
