# what: key.T reverses the batch axes too, in both kinds of dot products
# names: attention_scores.transposes_the_batch_too
import math

import numpy as np


def dot_scores(query, key):
    return query @ key.T


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(query.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    q, k = query @ w_query, key @ w_key
    return np.tanh(q[..., :, None, :] + k[..., None, :, :]) @ v
