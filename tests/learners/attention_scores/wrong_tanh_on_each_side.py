# what: tanh is taken of query and key before they are added
# names: attention_scores.bends_each_side_by_itself
import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    q, k = np.tanh(query @ w_query), np.tanh(key @ w_key)
    return (q[..., :, None, :] + k[..., None, :, :]) @ v
