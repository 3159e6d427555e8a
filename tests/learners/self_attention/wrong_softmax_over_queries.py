# what: its own softmax is over axis 1, which is right without a batch only
# names: self_attention.normalises_along_axis_one
import math

import numpy as np


def self_attention(x, w_query, w_key, w_value, mask=None):
    q, k, v = x @ w_query, x @ w_key, x @ w_value

    scores = q @ k.swapaxes(-1, -2) / math.sqrt(k.shape[-1])
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    if mask is not None:
        e = e * mask
    return e / np.maximum(e.sum(axis=1, keepdims=True), 1e-30) @ v
