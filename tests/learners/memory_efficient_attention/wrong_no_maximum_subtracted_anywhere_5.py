# slip: no maximum is subtracted anywhere (top stays 0), so large scores overflow -> memory_efficient_attention.subtracts_no_maximum
# slip: causal is ignored -> memory_efficient_attention.is_never_causal
import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    n, d_k = query.shape[-2:]
    scale = query.dtype.type(np.sqrt(d_k))
    lead = query.shape[:-1]
    top = np.zeros(lead + (1,), dtype=query.dtype)
    total = np.zeros(lead + (1,), dtype=query.dtype)
    mixed = np.zeros(lead + value.shape[-1:], dtype=query.dtype)
    for start in range(0, n, block_size):
        stop = min(start + block_size, n)
        scores = query @ np.swapaxes(key[..., start:stop, :], -1, -2) / scale
        new = np.zeros_like(top)
        kept = np.exp(top - new)
        e = np.exp(scores - new)
        total = kept * total + e.sum(axis=-1, keepdims=True)
        mixed = kept * mixed + e @ value[..., start:stop, :]
        top = new
    return mixed / total
