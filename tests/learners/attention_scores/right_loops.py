import math

import numpy as np


def _pairs(query, key, compare):
    """Fill a table of scores, one pair at a time."""
    lead = query.shape[:-2]
    n_query, n_key = query.shape[-2], key.shape[-2]
    dtype = query.dtype if query.dtype.kind == "f" else np.float64
    table = np.empty(lead + (n_query, n_key), dtype=dtype)
    for b in np.ndindex(*lead):
        for i in range(n_query):
            for j in range(n_key):
                table[b + (i, j)] = compare(query[b + (i,)], key[b + (j,)])
    return table


def dot_scores(query, key):
    return _pairs(query, key, lambda q, k: np.sum(q * k))


def scaled_dot_scores(query, key):
    root = math.sqrt(key.shape[-1])
    return _pairs(query, key, lambda q, k: np.sum(q * k) / root)


def additive_scores(query, key, w_query, w_key, v):
    return _pairs(query, key, lambda q, k: np.dot(v, np.tanh(q @ w_query + k @ w_key)))
