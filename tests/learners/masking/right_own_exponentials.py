import numpy as np


def causal_mask(n):
    i = np.arange(n)
    return i[None, :] <= i[:, None]


def padding_mask(lengths, n):
    return np.expand_dims(np.less.outer(np.arange(n), lengths).T, 1)


def masked_softmax(scores, mask=None):
    if mask is None:
        mask = np.ones(scores.shape[-2:], dtype=bool)
    seen = np.where(mask, scores, -np.inf)
    top = seen.max(axis=-1, keepdims=True)
    top[np.isneginf(top)] = 0
    e = np.exp(seen - top)
    total = e.sum(axis=-1, keepdims=True)
    total[total == 0] = 1
    return e / total
