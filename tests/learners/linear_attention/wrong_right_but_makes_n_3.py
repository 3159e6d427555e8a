# what: right, but makes the n x n table of products of features
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    weights = phi(query) @ np.swapaxes(phi(key), -1, -2)
    if causal:
        weights = np.tril(weights)
    return weights @ value / weights.sum(axis=-1, keepdims=True)
