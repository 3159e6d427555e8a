# what: in `scaled_dot_scores`, the scores are divided by d_k instead of sqrt(d_k)
# names: attention_scores.divides_by_the_width_itself

import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    d_k = query.shape[-1]
    return dot_scores(query, key) / d_k


def additive_scores(query, key, w_query, w_key, v):
    q = (query @ w_query)[..., :, None, :]
    k = (key @ w_key)[..., None, :, :]
    return np.tanh(q + k) @ v
