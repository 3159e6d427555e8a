# what: sees what comes after, not what is before
# names: local_attention.looks_ahead_only
import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2:]
    rows = []
    for i in range(n):
        lo, hi = i, min(n, i + window + 1)
        scores = np.einsum("...d,...jd->...j", query[..., i, :], key[..., lo:hi, :]) / d_k ** 0.5
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights = weights / weights.sum(axis=-1, keepdims=True)
        rows.append(np.einsum("...j,...jd->...d", weights, value[..., lo:hi, :]))
    return np.stack(rows, axis=-2)
