# slip: looks back only, as the causal window of Mistral -> local_attention.looks_back_only
# slip: at the start the first key is counted several times (clipped, not masked) -> local_attention.counts_the_ends_several_times
import numpy as np


def local_attention(query, key, value, window):
    n, d_k = query.shape[-2:]
    window = min(window, n - 1)
    near = np.arange(n)[:, None] + np.arange(-window, 1)      # (n, 2w+1)
    there = (near >= 0) & (near < n)
    near = np.clip(near, 0, n - 1)
    keys = key[..., near, :]                                           # (..., n, 2w+1, d_k)
    scores = np.einsum("...nd,...nwd->...nw", query, keys) / np.sqrt(d_k).astype(query.dtype)
    scores = scores - scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores)
    weights = weights / weights.sum(axis=-1, keepdims=True)
    output = np.einsum("...nw,...nwd->...nd", weights, value[..., near, :])
    return output.astype(query.dtype)
