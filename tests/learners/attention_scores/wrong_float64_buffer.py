# what: the scores are collected in np.zeros, which is float64
# names: attention_scores.additive_scores_lose_single_precision
import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    scores = np.zeros(query.shape[:-1] + key.shape[-2:-1])
    for i in range(query.shape[-2]):
        for j in range(key.shape[-2]):
            hidden = np.tanh(query[..., i, :] @ w_query + key[..., j, :] @ w_key)
            scores[..., i, j] = hidden @ v
    return scores
