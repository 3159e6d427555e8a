# what: key.T turns all axes around, so dot and scaled scores are right only without batch axes.
# names: attention_scores.transposes_the_batch_in_np_dot
import math

import numpy as np


def dot_scores(query, key):
    return np.dot(query, key.T)


def scaled_dot_scores(query, key):
    d_k = query.shape[-1]
    return np.dot(query, key.T) / math.sqrt(d_k)


def additive_scores(query, key, w_query, w_key, v):
    a = np.matmul(query, w_query)
    b = np.matmul(key, w_key)
    return np.matmul(np.tanh(a[..., :, None, :] + b[..., None, :, :]), v)
