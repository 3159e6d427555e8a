# what: writes its own softmax with -inf and no guard, so a position that may attend to nothing becomes nan.
# names: self_attention.returns_nan_where_nothing_may_be_seen
import math

import numpy as np


def self_attention(x, w_query, w_key, w_value, mask=None):
    def soft(z):
        z = np.exp(z - np.max(z, -1, keepdims=True))
        return z / np.sum(z, -1, keepdims=True)

    q, k, v = x @ w_query, x @ w_key, x @ w_value
    s = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    return soft(s) @ v
