# what: scales by the root of the number of keys instead of the root of d_k.
# names: attention_scores.scales_by_the_number_of_keys
import math

import numpy as np


def dot_scores(query, key):
    return query @ key.swapaxes(-2, -1)


def scaled_dot_scores(query, key):
    n = key.shape[-2]
    return query @ key.swapaxes(-2, -1) / math.sqrt(n)


def additive_scores(query, key, w_query, w_key, v):
    q_proj = query @ w_query
    k_proj = key @ w_key
    return np.tanh(q_proj[..., np.newaxis, :] + k_proj[..., np.newaxis, :, :]) @ v
