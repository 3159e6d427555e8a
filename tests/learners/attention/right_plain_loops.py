import math

import numpy as np


def attention(query, key, value, mask=None):
    shape = query.shape[:-1] + key.shape[-2:-1]
    allowed = np.broadcast_to(True if mask is None else mask, shape)
    weights = np.zeros(shape, dtype=query.dtype)
    output = np.zeros(query.shape[:-1] + value.shape[-1:], dtype=query.dtype)
    for at in np.ndindex(*query.shape[:-1]):
        batch = at[:-1]
        scores = {}
        for j in range(key.shape[-2]):
            if allowed[at][j]:
                dot = sum(float(a) * float(b) for a, b in zip(query[at], key[batch][j]))
                scores[j] = dot / math.sqrt(key.shape[-1])
        top = max(scores.values(), default=0.0)
        total = sum(math.exp(s - top) for s in scores.values())
        for j, s in scores.items():
            weights[at + (j,)] = math.exp(s - top) / total
        for c in range(value.shape[-1]):
            output[at + (c,)] = sum(float(weights[at][j]) * float(value[batch][j, c]) for j in scores)
    return output, weights
