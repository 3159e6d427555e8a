# what: mixed is not rescaled by kept when the maximum grows, total is
# names: memory_efficient_attention.does_not_rescale_the_mix
import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    n, d_k = query.shape[-2:]
    scale = query.dtype.type(np.sqrt(d_k))
    lead = query.shape[:-1]
    top = np.full(lead + (1,), -np.inf, dtype=query.dtype)
    total = np.zeros(lead + (1,), dtype=query.dtype)
    mixed = np.zeros(lead + value.shape[-1:], dtype=query.dtype)
    for start in range(0, n, block_size):
        stop = min(start + block_size, n)
        scores = query @ np.swapaxes(key[..., start:stop, :], -1, -2) / scale
        if causal:
            hidden = np.arange(start, stop) > np.arange(n)[:, None]
            scores = np.where(hidden, -np.inf, scores).astype(query.dtype)
        new = np.maximum(top, scores.max(axis=-1, keepdims=True))
        kept = np.exp(top - new)
        e = np.exp(scores - new)
        total = kept * total + e.sum(axis=-1, keepdims=True)
        mixed = mixed + e @ value[..., start:stop, :]
        top = new
    return mixed / total
