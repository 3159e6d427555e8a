# what: w_key is used for the query and w_query for the key
# names: attention_scores.exchanges_the_weights
import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    q, k = query @ w_key, key @ w_query
    return np.tanh(q[..., :, None, :] + k[..., None, :, :]) @ v
