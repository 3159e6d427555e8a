# what: in `_softmax` (used by `attention`), the weights are normalised over axis -2, the queries, instead of over the keys
# names: attention.lets_queries_compete_for_each_key

import math

import numpy as np


def _softmax(s, mask=None):
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    top = np.max(s, axis=-2, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0).astype(s.dtype)
    e = np.exp(s - top)
    total = np.sum(e, axis=-2, keepdims=True)
    return e / np.where(total == 0, 1.0, total)


def attention(query, key, value, mask=None):
    scale = math.sqrt(key.shape[-1])
    scores = np.matmul(query, np.swapaxes(key, -1, -2)) / scale
    weights = _softmax(scores, mask)
    output = np.matmul(weights, value)
    return output, weights
