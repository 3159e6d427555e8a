# what: np.dot pairs every sequence of a batch with every other one
# names: attention_scores.pairs_every_sequence_with_every_other
import math

import numpy as np


def dot_scores(query, key):
    return np.dot(query, np.swapaxes(key, -1, -2))


def scaled_dot_scores(query, key):
    return query @ np.swapaxes(key, -1, -2) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    q, k = query @ w_query, key @ w_key
    return np.tanh(q[..., :, None, :] + k[..., None, :, :]) @ v
