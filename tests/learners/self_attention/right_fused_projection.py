import numpy as np


def self_attention(x, w_query, w_key, w_value, mask=None):
    # one big matrix product for query, key and value together
    d_k = w_query.shape[1]
    qkv = x @ np.hstack((w_query, w_key, w_value))
    q, k, v = qkv[..., :d_k], qkv[..., d_k : 2 * d_k], qkv[..., 2 * d_k :]

    scores = (q @ np.swapaxes(k, -2, -1)) / float(d_k) ** 0.5
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(top == -np.inf, 0, top)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    return (e @ v) / np.where(total > 0, total, 1)
