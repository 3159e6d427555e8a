# what: in `self_attention`, the scores are divided by sqrt(d), the width of x, instead of sqrt(d_k)
# names: self_attention.scales_by_the_width_of_the_words

import math

import numpy as np


def _softmax(s, mask=None):
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    top = np.max(s, axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0).astype(s.dtype)
    e = np.exp(s - top)
    total = np.sum(e, axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total)


def self_attention(x, w_query, w_key, w_value, mask=None):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    scores = np.einsum("...id,...jd->...ij", q, k) / math.sqrt(x.shape[-1])
    return _softmax(scores, mask) @ v
