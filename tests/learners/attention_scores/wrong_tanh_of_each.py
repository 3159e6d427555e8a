# what: additive scores apply tanh to query and key separately and then add, instead of tanh of the sum.
# names: attention_scores.bends_each_side_by_itself
import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) * (1 / math.sqrt(query.shape[-1]))


def additive_scores(query, key, w_query, w_key, v):
    q_part = np.tanh(query @ w_query) @ v
    k_part = np.tanh(key @ w_key) @ v
    return q_part[..., :, None] + k_part[..., None, :]
