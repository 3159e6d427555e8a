# what: scores are divided by sqrt(d_v), the width of the values
# names: local_attention.scales_by_the_width_of_the_values
import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2:]
    rows = []
    for i in range(n):
        lo, hi = max(0, i - window), min(n, i + window + 1)
        scores = np.einsum("...d,...jd->...j", query[..., i, :], key[..., lo:hi, :]) / value.shape[-1] ** 0.5
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights = weights / weights.sum(axis=-1, keepdims=True)
        rows.append(np.einsum("...j,...jd->...d", weights, value[..., lo:hi, :]))
    return np.stack(rows, axis=-2)
