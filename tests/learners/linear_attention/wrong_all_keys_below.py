# what: causal numerators over the sum of all keys
# names: linear_attention.divides_by_the_sum_of_all_keys
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query), phi(key)
    bottom = np.einsum("...nd,...d->...n", q, k.sum(axis=-2))[..., None]
    if causal:
        S = np.cumsum(k[..., None] * value[..., None, :], axis=-3)
        return np.einsum("...nd,...nde->...ne", q, S) / bottom
    return q @ (k.swapaxes(-1, -2) @ value) / bottom
