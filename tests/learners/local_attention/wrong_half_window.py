# what: window as the whole width
# names: local_attention.takes_window_for_the_whole_width
import math

import numpy as np


def attention(q, k, v):
    s = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)) @ v, e


def local_attention(query, key, value, window):
    half = window // 2
    rows = []
    for i in range(query.shape[-2]):
        lo, hi = max(i - half, 0), i + half + 1
        rows.append(attention(query[..., [i], :], key[..., lo:hi, :], value[..., lo:hi, :])[0])
    return np.concatenate(rows, axis=-2)
