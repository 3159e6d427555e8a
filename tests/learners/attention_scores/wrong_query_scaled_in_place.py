# what: scaled_dot_scores divides the caller's query in place.
# names: attention_scores.scales_the_query_in_place
import math

import numpy as np


def dot_scores(query, key):
    return np.einsum("...ik,...jk->...ij", query, key)


def scaled_dot_scores(query, key):
    query /= math.sqrt(query.shape[-1])
    return dot_scores(query, key)


def additive_scores(query, key, w_query, w_key, v):
    keys = key @ w_key
    rows = [np.tanh((query[..., i, :] @ w_query)[..., None, :] + keys) @ v for i in range(query.shape[-2])]
    return np.stack(rows, axis=-2)
