# what: a row of nothing but -inf becomes nan
# names: self_attention.returns_nan_where_nothing_may_be_seen
import math

import numpy as np


def self_attention(x, w_query, w_key, w_value, mask=None):
    q, k, v = x @ w_query, x @ w_key, x @ w_value

    scores = q @ k.swapaxes(-1, -2) / math.sqrt(k.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v
