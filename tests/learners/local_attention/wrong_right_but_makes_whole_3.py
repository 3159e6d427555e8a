# what: right, but makes the whole n x n table of scores and masks it
import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2:]
    scores = query @ np.swapaxes(key, -1, -2) / d_k ** 0.5
    i = np.arange(n)
    scores = np.where(np.abs(i[:, None] - i) <= window, scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return (weights @ value).astype(query.dtype)
