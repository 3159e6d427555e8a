import math

import numpy as np


def previous_token_score(weights):
    total = 0
    n = weights.shape[-1]
    for i in range(1, n):
        total = total + weights[..., i, i - 1]
    return total / (n - 1)


def entropy(weights):
    out = np.zeros(weights.shape[:-1], dtype=weights.dtype)
    for index in np.ndindex(out.shape):
        out[index] = -sum(float(w) * math.log(w) for w in weights[index] if w > 0)
    return out


def rollout(weights):
    """From the top: what a row looks at, looked at in turn."""
    mean = weights.mean(axis=-3)
    if len(mean) == 1:
        a = 0.5 * mean[0] + 0.5 * np.identity(mean.shape[-1]).astype(mean.dtype)
        return a / np.sum(a, axis=-1, keepdims=True)
    return rollout(weights[-1:]) @ rollout(weights[:-1])
