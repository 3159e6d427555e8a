# what: in `self_attention`, query and key weights are exchanged: queries come from w_key and keys from w_query
# names: self_attention.exchanges_queries_and_keys

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
    q, k, v = x @ w_key, x @ w_query, x @ w_value
    scores = np.einsum("...id,...jd->...ij", q, k) / math.sqrt(k.shape[-1])
    return _softmax(scores, mask) @ v
