# what: two mistakes: loops take the number of keys from the query, and additive scores sum the hidden units without v.
# names: attention_scores.adds_the_hidden_units_up
import math

import numpy as np


def dot_scores(query, key):
    n = query.shape[-2]
    scores = np.zeros(query.shape[:-2] + (n, n), dtype=query.dtype)
    for i in range(n):
        for j in range(n):
            scores[..., i, j] = (query[..., i, :] * key[..., j, :]).sum(-1)
    return scores


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    hidden = np.tanh((query @ w_query)[..., :, None, :] + (key @ w_key)[..., None, :, :])
    return hidden.sum(axis=-1)
