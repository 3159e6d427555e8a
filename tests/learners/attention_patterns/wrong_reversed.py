# what: A_1 comes first
# names: attention_patterns.multiplies_the_other_way
from functools import reduce

import numpy as np


def previous_token_score(weights):
    total = 0
    n = weights.shape[-1]
    for i in range(1, n):
        total = total + weights[..., i, i - 1]
    return total / (n - 1)


def entropy(weights):
    logs = np.zeros_like(weights)
    np.log(weights, out=logs, where=weights > 0)
    return -np.einsum("...j,...j->...", weights, logs)


def rollout(weights):
    a = weights.mean(axis=-3) + np.eye(weights.shape[-1], dtype=weights.dtype)
    a = a / a.sum(axis=-1, keepdims=True)
    return reduce(np.matmul, a)
