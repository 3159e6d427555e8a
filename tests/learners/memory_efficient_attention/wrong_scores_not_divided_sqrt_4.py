# slip: scores are not divided by sqrt(d_k) -> memory_efficient_attention.leaves_the_scale_out
# slip: the causal mask counts keys from the start of their block -> memory_efficient_attention.counts_places_within_the_block
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
        scores = query @ np.swapaxes(key[..., start:stop, :], -1, -2)
        if causal:
            hidden = np.arange(stop - start) > np.arange(n)[:, None]
            scores = np.where(hidden, -np.inf, scores).astype(query.dtype)
        new = np.maximum(top, scores.max(axis=-1, keepdims=True))
        kept = np.exp(top - new)
        e = np.exp(scores - new)
        total = kept * total + e.sum(axis=-1, keepdims=True)
        mixed = kept * mixed + e @ value[..., start:stop, :]
        top = new
    return mixed / total
