# what: the second axis is taken for the width, which it is without a batch only
# names: attention_scores.reads_the_width_from_the_second_axis
import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(key.shape[1] if key.ndim == 2 else query.shape[1])


def additive_scores(query, key, w_query, w_key, v):
    q, k = query @ w_query, key @ w_key
    return np.tanh(q[..., :, None, :] + k[..., None, :, :]) @ v
