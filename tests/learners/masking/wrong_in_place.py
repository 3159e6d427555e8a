# what: writes -inf into the caller's scores
# names: masking.writes_into_the_scores
import numpy as np


def causal_mask(n):
    return np.tril(np.ones((n, n), dtype=bool), k=0)


def padding_mask(lengths, n):
    return (np.arange(n) < lengths[:, np.newaxis])[:, np.newaxis]


def masked_softmax(scores, mask=None):
    if mask is not None:
        scores[~np.broadcast_to(mask, scores.shape)] = -np.inf
    m = np.max(scores, axis=-1, keepdims=True)
    e = np.exp(scores - np.where(np.isfinite(m), m, 0))
    s = e.sum(axis=-1, keepdims=True)
    return e / np.where(s == 0, 1, s)
