# slip: the largest of the heads -> attention_patterns.takes_the_largest_head
# slip: 1e-6 inside the logarithm -> attention_patterns.adds_a_millionth
import numpy as np


def previous_token_score(weights):
    i = np.arange(1, weights.shape[-1])
    return weights[..., i, i - 1].mean(axis=-1)


def entropy(weights):
    eps = weights.dtype.type(1e-6)
    return -(weights * np.log(weights + eps)).sum(axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    out = np.eye(n, dtype=weights.dtype)
    for layer in weights:
        a = layer.max(axis=-3) + np.eye(n, dtype=weights.dtype)
        out = a / a.sum(-1, keepdims=True) @ out
    return out
