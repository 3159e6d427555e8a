# what: additive scores come out as (n_key, n_query): the new axes for query and key are exchanged.
# names: attention_scores.makes_a_row_for_each_key
import math

import numpy as np


def dot_scores(query, key):
    return np.matmul(query, key.swapaxes(-1, -2))


def scaled_dot_scores(query, key):
    return np.matmul(query / math.sqrt(query.shape[-1]), key.swapaxes(-1, -2))


def additive_scores(query, key, w_query, w_key, v):
    q = (query @ w_query)[..., None, :, :]
    k = (key @ w_key)[..., :, None, :]
    return np.sum(np.tanh(q + k) * v, axis=-1)
