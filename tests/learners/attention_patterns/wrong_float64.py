# what: np.eye(n) is float64
# names: attention_patterns.loses_single_precision
import numpy as np


def previous_token_score(weights):
    return np.diagonal(weights, -1, -2, -1).mean(-1)


def entropy(weights):
    tiny = np.finfo(weights.dtype).tiny
    return -(weights * np.log(np.clip(weights, tiny, None))).sum(axis=-1)


def rollout(weights):
    mean = weights.mean(axis=-3)
    out = np.eye(mean.shape[-1])
    for layer in mean:
        mixed = (layer + np.eye(mean.shape[-1])) / 2
        out = mixed / mixed.sum(axis=-1, keepdims=True) @ out
    return out
