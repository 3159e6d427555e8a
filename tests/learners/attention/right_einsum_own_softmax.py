import numpy as np


def attention(query, key, value, mask=None):
    d_k = query.shape[-1]
    scores = np.einsum("...qd,...kd->...qk", query, key) * d_k ** -0.5
    if mask is None:
        mask = np.ones((1, 1), dtype=bool)
    allowed = np.broadcast_to(mask, scores.shape)
    top = scores.max(axis=-1, keepdims=True, where=allowed, initial=-np.inf)
    top = np.where(np.isinf(top), np.zeros_like(top), top)
    e = np.where(allowed, np.exp(np.where(allowed, scores - top, 0)), 0)
    total = e.sum(axis=-1, keepdims=True)
    weights = e / np.where(total == 0, np.ones_like(total), total)
    return np.einsum("...qk,...kv->...qv", weights, value), weights
