from functools import reduce

import numpy as np


def previous_token_score(weights):
    """Every (n + 1)th entry of a flat table, from the first below the diagonal on."""
    n = weights.shape[-1]
    flat = weights.reshape(*weights.shape[:-2], n * n)
    return flat[..., n :: n + 1].mean(axis=-1)


def entropy(weights):
    tiny = np.finfo(weights.dtype).tiny
    return -(weights * np.log(np.clip(weights, tiny, None))).sum(axis=-1)


def rollout(weights):
    n = weights.shape[-1]
    eye = np.eye(n).astype(weights.dtype)
    mixed = [(w.mean(axis=-3) + eye) / 2 for w in weights]
    mixed = [m / m.sum(axis=-1, keepdims=True) for m in mixed]
    if len(mixed) == 1:
        return mixed[0]
    return reduce(np.matmul, mixed[::-1])
