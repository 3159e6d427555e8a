# what: in `dot_scores`, rows are the keys and columns the queries: the scores are transposed
# names: attention_scores.lets_the_keys_ask

import math

import numpy as np


def dot_scores(query, key):
    return np.einsum("...id,...jd->...ji", query, key)


def scaled_dot_scores(query, key):
    return np.einsum("...id,...jd->...ij", query, key) * key.shape[-1] ** -0.5


def additive_scores(query, key, w_query, w_key, v):
    wq = np.einsum("...id,da->...ia", query, w_query)
    wk = np.einsum("...jd,da->...ja", key, w_key)
    hidden = np.expand_dims(wq, -2) + np.expand_dims(wk, -3)
    hidden = np.tanh(hidden)
    return np.einsum("...ija,a->...ij", hidden, v)
