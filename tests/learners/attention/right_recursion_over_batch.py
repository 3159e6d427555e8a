import math

import numpy as np


def attention(query, key, value, mask=None):
    """Peel off one batch axis at a time; at the bottom it is plain 2-D attention."""
    if mask is None:
        mask = np.ones((query.shape[-2], key.shape[-2]), dtype=bool)
    if query.ndim > 2:
        mask = np.broadcast_to(mask, query.shape[:-1] + (key.shape[-2],))
        results = [attention(q, k, v, m) for q, k, v, m in zip(query, key, value, mask)]
        outs, ws = zip(*results)
        return np.stack(outs), np.stack(ws)

    mask = np.broadcast_to(mask, (query.shape[0], key.shape[0]))
    s = query.dot(key.T) / math.sqrt(query.shape[1])
    w = np.zeros(s.shape, dtype=s.dtype, order="F")
    alive = mask.any(axis=1)
    s = np.where(mask, s, -np.inf)[alive]
    e = np.exp(s - s.max(axis=1, keepdims=True))
    w[alive] = e / e.sum(axis=1, keepdims=True)
    return np.asfortranarray(w.dot(value)), w
