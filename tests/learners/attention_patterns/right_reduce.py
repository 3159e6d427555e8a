from functools import reduce

import numpy as np


def previous_token_score(weights):
    i = np.arange(1, weights.shape[-1])
    return weights[..., i, i - 1].mean(axis=-1)


def entropy(weights):
    logs = np.zeros_like(weights)
    np.log(weights, out=logs, where=weights > 0)
    return -np.einsum("...j,...j->...", weights, logs)


def rollout(weights):
    """A + I over its sums: the halves cancel."""
    a = np.mean(weights, axis=-3) + np.eye(weights.shape[-1], dtype=weights.dtype)
    a /= a.sum(-1)[..., None]
    return reduce(lambda below, above: np.matmul(above, below), a)
