# what: the window wraps around: neighbours beyond an end come from the other end
# names: local_attention.wraps_round
import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2:]
    window = min(window, n - 1)
    near = np.arange(n)[:, None] + np.arange(-window, window + 1)      # (n, 2w+1)
    near = near % n
    keys = key[..., near, :]                                           # (..., n, 2w+1, d_k)
    scores = np.einsum("...nd,...nwd->...nw", query, keys) / np.sqrt(d_k).astype(query.dtype)
    scores = scores - scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores)
    weights = weights / weights.sum(axis=-1, keepdims=True)
    output = np.einsum("...nw,...nwd->...nd", weights, value[..., near, :])
    return output.astype(query.dtype)
