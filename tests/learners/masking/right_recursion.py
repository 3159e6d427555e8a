import numpy as np


def causal_mask(n):
    if n == 1:
        return np.array([[True]])
    smaller = causal_mask(n - 1)
    return np.block([[smaller, np.zeros((n - 1, 1), bool)], [np.ones((1, n), bool)]])


def padding_mask(lengths, n):
    if n == 0:
        return np.zeros((len(lengths), 1, 0), dtype=bool)
    last = (lengths >= n).reshape(-1, 1, 1)
    return np.concatenate([padding_mask(lengths, n - 1), last], axis=-1)


def masked_softmax(scores, mask=None):
    if mask is None:
        mask = np.full(scores.shape, True)
    mask = np.broadcast_to(mask, scores.shape)
    if scores.ndim > 1:
        return np.stack([masked_softmax(s, m) for s, m in zip(scores, mask)])
    out = np.zeros(scores.shape, np.exp(scores[:0]).dtype)
    if mask.any():
        e = np.exp(scores[mask] - scores[mask].max())
        out[mask] = e / e.sum()
    return out
