import numpy as np


def dot_scores(query, key):
    return np.einsum("...qd,...kd->...qk", query, key)


def scaled_dot_scores(query, key):
    return dot_scores(query, key) * query.shape[-1] ** -0.5


def additive_scores(query, key, w_query, w_key, v):
    q = np.einsum("...qd,da->...qa", query, w_query)
    k = np.einsum("...kd,da->...ka", key, w_key)
    hidden = np.tanh(np.expand_dims(q, -2) + np.expand_dims(k, -3))
    return np.einsum("...qka,a->...qk", hidden, v)
