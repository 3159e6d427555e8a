# what: the last block is padded with keys of zeros, which take part
# names: memory_efficient_attention.fills_the_last_block_up_with_zeros
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
        more = min(block_size, n) - (stop - start)
        pad = [(0, 0)] * (key.ndim - 2) + [(0, more), (0, 0)]
        scores = query @ np.swapaxes(np.pad(key[..., start:stop, :], pad), -1, -2) / scale
        if causal:
            hidden = np.arange(start, stop + more) > np.arange(n)[:, None]
            scores = np.where(hidden, -np.inf, scores).astype(query.dtype)
        new = np.maximum(top, scores.max(axis=-1, keepdims=True))
        kept = np.exp(top - new)
        e = np.exp(scores - new)
        total = kept * total + e.sum(axis=-1, keepdims=True)
        mixed = kept * mixed + e @ np.pad(value[..., start:stop, :], pad)
        top = new
    return mixed / total
