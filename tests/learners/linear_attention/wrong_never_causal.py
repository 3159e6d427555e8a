# what: causal is not used
# names: linear_attention.is_never_causal
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query), phi(key)
    return q @ (np.swapaxes(k, -1, -2) @ value) / (q @ k.sum(axis=-2)[..., None])
