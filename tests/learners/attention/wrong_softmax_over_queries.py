# what: the softmax normalises over the queries (axis -2) instead of over the keys.
# names: attention.lets_queries_compete_for_each_key
import math

import numpy as np


def attention(query, key, value, mask=None):
    scores = np.matmul(query, np.swapaxes(key, -1, -2)) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    peak = np.max(scores, axis=-2, keepdims=True)
    peak = np.where(np.isneginf(peak), 0, peak)
    e = np.exp(scores - peak)
    z = e.sum(axis=-2, keepdims=True)
    weights = e / np.where(z == 0, 1, z)
    return np.matmul(weights, value), weights
