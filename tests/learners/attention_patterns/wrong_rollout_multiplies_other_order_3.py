# what: rollout multiplies in the other order, A_1 ... A_L
# names: attention_patterns.multiplies_the_other_way
import numpy as np


def previous_token_score(weights):
    return np.diagonal(weights, offset=-1, axis1=-2, axis2=-1).mean(axis=-1)


def entropy(weights):
    logs = np.log(np.where(weights > 0, weights, 1))
    return -(weights * logs).sum(axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    a = (weights.mean(axis=-3) + np.eye(n, dtype=weights.dtype)) / 2
    a = a / a.sum(axis=-1, keepdims=True)
    origin = a[0]
    for layer in a[1:]:
        origin = origin @ layer
    return origin
