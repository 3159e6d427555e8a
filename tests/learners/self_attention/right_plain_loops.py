import math

import numpy as np


def one_sequence(x, w_query, w_key, w_value, mask):
    n = len(x)
    output = np.zeros((n, w_value.shape[1]), x.dtype)
    for i in range(n):
        seen = [j for j in range(n) if mask[i, j]]
        if not seen:
            continue
        question = x[i] @ w_query
        scores = [float(question @ (x[j] @ w_key)) / math.sqrt(w_key.shape[1]) for j in seen]
        shares = [math.exp(score - max(scores)) for score in scores]
        for share, j in zip(shares, seen):
            output[i] += (x[j] @ w_value) * (share / sum(shares))
    return output


def self_attention(x, w_query, w_key, w_value, mask=None):
    masks = np.broadcast_to(True if mask is None else mask, x.shape[:-1] + x.shape[-2:-1])
    if x.ndim == 2:
        return one_sequence(x, w_query, w_key, w_value, masks)
    each = [self_attention(a, w_query, w_key, w_value, mask=b) for a, b in zip(x, masks)]
    return np.stack(each)
