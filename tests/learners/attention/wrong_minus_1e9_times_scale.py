# slip: in `_softmax`, forbidden scores become -1e9 instead of minus infinity, so a query that may attend to nothing gets equal weights instead of zeros -> attention.averages_where_nothing_may_be_seen
# slip: in `attention`, the scale is multiplied instead of divided by: scores * sqrt(d_k) -> attention_scores.multiplies_by_the_root

import math

import numpy as np


def _softmax(s, mask=None):
    if mask is not None:
        s = np.where(mask, s, -1e9)
    top = np.max(s, axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0).astype(s.dtype)
    e = np.exp(s - top)
    total = np.sum(e, axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total)


def attention(query, key, value, mask=None):
    scale = math.sqrt(key.shape[-1])
    scores = np.matmul(query, np.swapaxes(key, -1, -2)) * scale
    weights = _softmax(scores, mask)
    output = np.matmul(weights, value)
    return output, weights
