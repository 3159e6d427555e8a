# what: additive scores insert the new axes at fixed places, which is right only without batch axes.
# names: attention_scores.counts_the_new_axes_from_the_front
import math

import numpy as np


def dot_scores(query, key):
    axes = list(range(key.ndim))
    axes[-1], axes[-2] = axes[-2], axes[-1]
    return query @ key.transpose(axes)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) / math.sqrt(key.shape[-1])


def additive_scores(query, key, w_query, w_key, v):
    pq = query.dot(w_query)
    pk = key.dot(w_key)
    e = np.tanh(pq[:, None, :] + pk[None, :, :])
    return e.dot(v)
