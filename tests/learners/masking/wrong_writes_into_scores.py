# what: writes -inf into the caller's own scores.
# names: masking.writes_into_the_scores
import numpy as np


def causal_mask(n):
    return np.tril(np.full((n, n), True))


def padding_mask(lengths, n):
    return np.array([[np.arange(n) < m] for m in lengths])


def masked_softmax(scores, mask=None):
    if mask is not None:
        np.copyto(scores, -np.inf, where=~mask)
    m = scores.max(axis=-1, keepdims=True)
    m = np.where(np.isfinite(m), m, 0)
    e = np.exp(scores - m)
    total = e.sum(axis=-1, keepdims=True)
    return np.where(total > 0, e / np.where(total > 0, total, 1), 0)
