import numpy as np


def previous_token_score(weights):
    n = weights.shape[-1]
    below = np.eye(n, k=-1, dtype=weights.dtype)
    return (weights * below).sum(axis=(-2, -1)) / (n - 1)


def entropy(weights):
    with np.errstate(all="ignore"):
        terms = -weights * np.log(weights)
    return np.nan_to_num(terms, nan=0.0).sum(-1)


def rollout(weights):
    heads = weights.shape[-3]
    a = np.einsum("...hij->...ij", weights) / heads
    n = a.shape[-1]
    a[..., np.arange(n), np.arange(n)] += 1
    a = a * 0.5
    a = np.einsum("...ij,...i->...ij", a, 1 / a.sum(-1))
    out = a[-1]
    for k in range(len(a) - 2, -1, -1):
        out = out @ a[k]
    return out
