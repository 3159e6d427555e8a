# what: rows are not divided by their sums
# names: attention_patterns.does_not_divide_by_the_sums
import numpy as np


def previous_token_score(weights):
    """Every (n + 1)th entry of a flat table, from the first below the diagonal on."""
    n = weights.shape[-1]
    flat = weights.reshape(*weights.shape[:-2], n * n)
    return flat[..., n :: n + 1].mean(axis=-1)


def entropy(weights):
    with np.errstate(all="ignore"):
        terms = -weights * np.log(weights)
    return np.nan_to_num(terms, nan=0.0).sum(-1)


def rollout(weights):
    n = weights.shape[-1]
    out = np.eye(n, dtype=weights.dtype)
    for layer in weights:
        out = (0.5 * layer.mean(-3) + 0.5 * np.eye(n, dtype=weights.dtype)) @ out
    return out
