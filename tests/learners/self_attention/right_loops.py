import math

import numpy as np


def self_attention(x, w_query, w_key, w_value, mask=None):
    lead, n = x.shape[:-2], x.shape[-2]
    d_k, d_v = w_query.shape[1], w_value.shape[1]
    allowed = np.ones(lead + (n, n), dtype=bool)
    if mask is not None:
        allowed &= mask
    out = np.zeros(lead + (n, d_v), dtype=(x * 1.0).dtype)
    for b in np.ndindex(*lead):
        for i in range(n):
            asks = x[b][i] @ w_query
            found, shares = [], []
            for j in range(n):
                if allowed[b][i, j]:
                    found.append(x[b][j] @ w_value)
                    shares.append(float(asks @ (x[b][j] @ w_key)) / math.sqrt(d_k))
            if found:
                top = max(shares)
                shares = [math.exp(s - top) for s in shares]
                for share, v in zip(shares, found):
                    out[b][i] += v * (share / sum(shares))
    return out
