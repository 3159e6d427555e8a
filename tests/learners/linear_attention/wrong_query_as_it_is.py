# what: no features of the queries
# names: linear_attention.uses_queries_as_they_are
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    k = phi(key)
    if causal:
        S, z = np.cumsum(k[..., None] * value[..., None, :], -3), np.cumsum(k, -2)
    else:
        S, z = (k.swapaxes(-1, -2) @ value)[..., None, :, :], k.sum(-2, keepdims=True)
    return (query[..., None, :] @ S)[..., 0, :] / (query * z).sum(-1, keepdims=True)
