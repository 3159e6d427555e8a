import math

import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2:]
    batch = query.shape[:-2]
    q = query.reshape(-1, n, d_k)
    k = key.reshape(-1, n, d_k)
    v = value.reshape(-1, n, value.shape[-1])
    out = np.empty((len(q), n, v.shape[-1]), dtype=query.dtype)
    for b in range(len(q)):
        for i in range(n):
            lo, hi = max(0, i - window), min(n - 1, i + window)
            s = k[b, lo : hi + 1] @ q[b, i] / math.sqrt(d_k)
            s = np.exp(s - s.max())
            out[b, i] = (s / s.sum()) @ v[b, lo : hi + 1]
    return out.reshape(*batch, n, -1)
