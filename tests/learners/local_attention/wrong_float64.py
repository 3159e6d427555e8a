# what: np.zeros for the output
# names: local_attention.loses_single_precision
import math

import numpy as np


def attention(q, k, v):
    s = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)) @ v, e


def local_attention(query, key, value, window):
    output = np.zeros((*query.shape[:-1], value.shape[-1]))
    for i in range(query.shape[-2]):
        lo = max(0, i - window)
        q, hi = query[..., i : i + 1, :], i + window + 1
        output[..., i, :] = attention(q, key[..., lo:hi, :], value[..., lo:hi, :])[0][..., 0, :]
    return output
