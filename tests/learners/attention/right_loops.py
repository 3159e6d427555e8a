import math

import numpy as np


def attention(query, key, value, mask=None):
    lead = query.shape[:-2]
    n_query, d_k = query.shape[-2:]
    n_key, d_v = value.shape[-2:]
    dtype = np.result_type(query.dtype, np.float32)  # ints become float64
    weights = np.zeros(lead + (n_query, n_key), dtype=dtype)
    output = np.zeros(lead + (n_query, d_v), dtype=dtype)
    full = np.broadcast_to(True if mask is None else mask, weights.shape)
    for b in np.ndindex(*lead):
        for i in range(n_query):
            scores = {}
            for j in range(n_key):
                if full[b][i, j]:
                    scores[j] = float(np.dot(query[b][i], key[b][j])) / math.sqrt(d_k)
            if len(scores) == 0:
                continue
            best = max(scores.values())
            shares = {j: math.exp(s - best) for j, s in scores.items()}
            total = sum(shares.values())
            for j, share in shares.items():
                weights[b][i, j] = share / total
                output[b][i] += (share / total) * value[b][j]
    return output, weights
