# what: in `scaled_dot_scores`, d_k is taken from axis 1 of the query (its number of positions, when there is a batch axis) instead of the last axis
# names: attention_scores.reads_the_width_from_the_second_axis

import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    d_k = query.shape[1]
    return dot_scores(query, key) / math.sqrt(d_k)


def additive_scores(query, key, w_query, w_key, v):
    q = (query @ w_query)[..., :, None, :]
    k = (key @ w_key)[..., None, :, :]
    return np.tanh(q + k) @ v
