# what: np.sqrt of an int is a float64 scalar, so float32 comes back as float64
# names: attention_scores.loses_single_precision

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / np.sqrt(key.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    q, k = query @ w_query, key @ w_key
    return np.tanh(q[..., :, None, :] + k[..., None, :, :]) @ v
