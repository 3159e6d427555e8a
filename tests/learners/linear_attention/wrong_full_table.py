# what: right, but all n x n weights are made
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    weights = phi(query) @ phi(key).swapaxes(-1, -2)
    if causal:
        weights = np.tril(weights)
    return weights / weights.sum(axis=-1, keepdims=True) @ value
