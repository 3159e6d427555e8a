import numpy as np


def linear_attention(query, key, value, causal=False):
    q = np.where(query > 0, query + 1, np.exp(query))
    k = np.where(key > 0, key + 1, np.exp(key))
    if not causal:
        return q @ (np.swapaxes(k, -1, -2) @ value) / (q @ k.sum(axis=-2)[..., None])
    kv = np.cumsum(np.einsum("...nd,...ne->...nde", k, value), axis=-3)
    z = np.cumsum(k, axis=-2)
    return np.einsum("...nd,...nde->...ne", q, kv) / np.einsum("...nd,...nd->...n", q, z)[..., None]
