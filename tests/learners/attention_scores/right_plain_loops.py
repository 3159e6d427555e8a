import math

import numpy as np


def table(query, key, score):
    if query.ndim > 2:
        return np.stack([table(q, k, score) for q, k in zip(query, key)])
    rows = [[score(q, k) for k in key] for q in query]
    return np.array(rows, dtype=query.dtype)


def dot_scores(query, key):
    return table(query, key, lambda q, k: sum(a * b for a, b in zip(q, k)))


def scaled_dot_scores(query, key):
    return table(query, key, lambda q, k: (q * k).sum() / math.sqrt(len(q)))


def additive_scores(query, key, w_query, w_key, v):
    return table(query, key, lambda q, k: v @ np.tanh(q @ w_query + k @ w_key))
