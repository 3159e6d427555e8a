# what: new axes counted from the front, right for a single sequence only
# names: attention_scores.counts_the_new_axes_from_the_front
import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    q, k = query @ w_query, key @ w_key
    return np.tanh(q[:, None, ...] + k[None, ...]) @ v
