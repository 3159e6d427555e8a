import numpy as np


def dot_scores(query, key):
    return np.einsum("...id,...jd->...ij", query, key)


def scaled_dot_scores(query, key):
    d_k = query.shape[-1]
    return np.einsum("...id,...jd->...ij", query * float(d_k) ** -0.5, key)


def additive_scores(query, key, w_query, w_key, v):
    hidden_q = np.einsum("...id,da->...ia", query, w_query)
    hidden_k = np.einsum("...jd,da->...ja", key, w_key)
    hidden = np.expand_dims(hidden_q, -2) + np.expand_dims(hidden_k, -3)
    return np.einsum("...ija,a->...ij", np.tanh(hidden), v)
