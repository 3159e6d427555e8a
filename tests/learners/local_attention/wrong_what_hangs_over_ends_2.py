# what: what hangs over the ends is padded with zeros, and its scores of 0 take part in the softmax
# names: local_attention.counts_zeros_of_a_window_cut_to_the_text
import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2:]
    window = min(window, n - 1)
    near = np.arange(n)[:, None] + np.arange(-window, window + 1)      # (n, 2w+1)
    there = (near >= 0) & (near < n)
    near = np.clip(near, 0, n - 1)
    keys = key[..., near, :]                                           # (..., n, 2w+1, d_k)
    scores = np.einsum("...nd,...nwd->...nw", query, keys) / np.sqrt(d_k).astype(query.dtype)
    scores = np.where(there, scores, 0)
    scores = scores - scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores)
    weights = weights / weights.sum(axis=-1, keepdims=True)
    output = np.einsum("...nw,...nwd->...nd", weights * there, value[..., near, :])
    return output.astype(query.dtype)
