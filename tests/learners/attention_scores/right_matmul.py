import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    q = (query @ w_query)[..., :, None, :]
    k = (key @ w_key)[..., None, :, :]
    return np.tanh(q + k) @ v
