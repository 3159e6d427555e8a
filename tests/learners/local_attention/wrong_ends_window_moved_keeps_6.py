# what: at the ends the window is moved so that it keeps its width (as in neighborhood attention)
# names: local_attention.moves_windows_inwards_at_the_ends
import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2:]
    rows = []
    for i in range(n):
        lo = max(0, min(i - window, n - 2 * window - 1)); hi = min(n, lo + 2 * window + 1)
        scores = np.einsum("...d,...jd->...j", query[..., i, :], key[..., lo:hi, :]) / d_k ** 0.5
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights = weights / weights.sum(axis=-1, keepdims=True)
        rows.append(np.einsum("...j,...jd->...d", weights, value[..., lo:hi, :]))
    return np.stack(rows, axis=-2)
