import math

import numpy as np

# additive attention as ONE layer: [q ; k] @ [w_query ; w_key]

dot_scores = lambda query, key: np.asfortranarray(np.matmul(query, np.moveaxis(key, -1, -2)))


def scaled_dot_scores(query, key):
    s = dot_scores(query, key) * 1.0
    s *= 1.0 / math.sqrt(query.shape[-1])
    return s


def additive_scores(query, key, w_query, w_key, v):
    *lead, n_q, d_q = query.shape
    n_k, d_k = key.shape[-2:]
    left = np.broadcast_to(query[..., :, np.newaxis, :], (*lead, n_q, n_k, d_q))
    right = np.broadcast_to(key[..., np.newaxis, :, :], (*lead, n_q, n_k, d_k))
    both = np.concatenate([left, right], axis=-1)
    w = np.vstack([w_query, w_key])
    return (np.tanh(both @ w) * v).sum(axis=-1)
