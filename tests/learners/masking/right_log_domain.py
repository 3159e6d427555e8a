import numpy as np


def causal_mask(n):
    return np.logical_or.accumulate(np.eye(n, dtype=bool)[::-1, ::-1], axis=1)[::-1, ::-1]


def padding_mask(lengths, n):
    positions = np.broadcast_to(np.arange(n), (len(lengths), 1, n))
    return positions < np.reshape(lengths, (-1, 1, 1))


def masked_softmax(scores, mask=None):
    mask = np.ones_like(scores, dtype=bool) if mask is None else np.broadcast_to(mask, scores.shape)
    total = np.logaddexp.reduce(scores, axis=-1, keepdims=True, where=mask, initial=-np.inf)
    total = np.broadcast_to(total, scores.shape)
    log_weights = np.subtract(scores, total, where=mask, out=np.full_like(total, -np.inf))
    return np.exp(log_weights)
