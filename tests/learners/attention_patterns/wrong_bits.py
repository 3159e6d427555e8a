# what: logarithms to base 2
# names: attention_patterns.counts_in_bits
import numpy as np


def previous_token_score(weights):
    i = np.arange(1, weights.shape[-1])
    return weights[..., i, i - 1].mean(axis=-1)


def entropy(weights):
    safe = np.where(weights > 0, weights, 1)
    return -(weights * np.log2(safe)).sum(-1)


def rollout(weights):
    n = weights.shape[-1]
    result = np.eye(n, dtype=weights.dtype)
    for layer in weights:
        a = layer.mean(axis=-3)
        a = (a + np.eye(n, dtype=a.dtype)) / 2
        a = a / a.sum(axis=-1, keepdims=True)
        result = a @ result
    return result
