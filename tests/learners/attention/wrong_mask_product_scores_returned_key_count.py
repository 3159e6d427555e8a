# slip: in `_softmax`, scores are multiplied by the mask before the exponential, so forbidden ones are 0 instead of -inf and still get weight -> masking.writes_zeros_for_forbidden_scores
# slip: in `attention`, the scores are returned as second result instead of the weights -> attention.returns_the_scores
# slip: in `attention`, the scale is the root of the number of keys (axis -2) instead of their width -> attention_scores.scales_by_the_number_of_keys

import math

import numpy as np


def _softmax(s, mask=None):
    if mask is not None:
        s = s * mask
    top = np.max(s, axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0).astype(s.dtype)
    e = np.exp(s - top)
    total = np.sum(e, axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total)


def attention(query, key, value, mask=None):
    scale = math.sqrt(key.shape[-2])
    scores = np.matmul(query, np.swapaxes(key, -1, -2)) / scale
    weights = _softmax(scores, mask)
    output = np.matmul(weights, value)
    return output, scores
