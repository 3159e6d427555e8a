# what: the scale is the paper's own sqrt(64) = 8, whatever the width of the vectors.
import numpy as np

D_K = 64  # 512 / 8 heads


def dot_scores(query, key):
    return query @ np.moveaxis(key, -2, -1)


def scaled_dot_scores(query, key):
    return query @ np.moveaxis(key, -2, -1) / D_K ** 0.5


def additive_scores(query, key, w_query, w_key, v):
    q = query @ w_query
    k = key @ w_key
    s = q.reshape(*q.shape[:-1], 1, q.shape[-1]) + k.reshape(*k.shape[:-2], 1, *k.shape[-2:])
    return np.tanh(s) @ v
