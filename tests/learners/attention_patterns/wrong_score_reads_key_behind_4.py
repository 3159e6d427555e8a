# slip: the score reads the key behind (offset + 1) -> attention_patterns.looks_at_the_next_token
# slip: rollout is not divided by the sums of rows -> attention_patterns.does_not_divide_by_the_sums
import numpy as np


def previous_token_score(weights):
    return np.diagonal(weights, offset=1, axis1=-2, axis2=-1).mean(axis=-1)


def entropy(weights):
    logs = np.log(np.where(weights > 0, weights, 1))
    return -(weights * logs).sum(axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    a = (weights.mean(axis=-3) + np.eye(n, dtype=weights.dtype)) / 2
    origin = a[0]
    for layer in a[1:]:
        origin = layer @ origin
    return origin
