# what: A + I, and no division at all
# names: attention_patterns.adds_the_whole_identity
import numpy as np


def previous_token_score(weights):
    return np.trace(weights[..., 1:, :-1], axis1=-2, axis2=-1) / (weights.shape[-1] - 1)


def entropy(weights):
    tiny = np.finfo(weights.dtype).tiny
    return -(weights * np.log(np.clip(weights, tiny, None))).sum(axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    out = np.eye(n, dtype=weights.dtype)
    for layer in weights.mean(axis=-3):
        out = (layer + np.eye(n, dtype=weights.dtype)) @ out
    return out
