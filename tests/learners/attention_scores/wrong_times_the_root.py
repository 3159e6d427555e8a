# what: d_k ** 0.5 is a factor, where it should divide
# names: attention_scores.multiplies_by_the_root

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) * query.shape[-1] ** 0.5


def additive_scores(query, key, w_query, w_key, v):
    q, k = query @ w_query, key @ w_key
    return np.tanh(q[..., :, None, :] + k[..., None, :, :]) @ v
