# what: the hidden layer of the additive scores is linear
# names: attention_scores.forgets_tanh
import math

import numpy as np


def dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    return (query @ w_query @ v)[..., :, None] + (key @ w_key @ v)[..., None, :]
