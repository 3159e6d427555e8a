# what: cosines stand in the even columns and sines in the odd ones.
# names: positional_encoding.exchanges_sine_and_cosine
import numpy as np


def sinusoidal_encoding(n, d_model):
    angles = np.arange(n).reshape(-1, 1) / 10000 ** (2 * np.arange(d_model // 2) / d_model)
    pairs = np.stack((np.cos(angles), np.sin(angles)), axis=2)
    return pairs.reshape(n, d_model)


def add_positions(x, encoding):
    if encoding.shape[0] < x.shape[-2]:
        raise ValueError("table too short")
    table = encoding.astype(x.dtype)
    return x + table[: x.shape[-2]]
