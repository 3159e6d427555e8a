import math

import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    """Tiles, as FlashAttention has them; those above the diagonal are left out."""
    n, size = query.shape[-2], max(block_size, 64)
    output = np.empty((*query.shape[:-1], value.shape[-1]), dtype=query.dtype)
    for i in range(0, n, size):
        q = query[..., i : i + size, :]
        top, total, mixed = -np.inf, 0, 0
        for j in range(0, n, block_size):
            if causal and j > i + q.shape[-2] - 1:
                break
            k = key[..., j : j + block_size, :]
            s = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
            if causal:
                ahead = np.arange(j, j + k.shape[-2]) > np.arange(i, i + q.shape[-2])[:, None]
                s = np.where(ahead, -np.inf, s)
            new = np.maximum(top, s.max(-1, keepdims=True))
            p, kept = np.exp(s - new), np.exp(top - new)
            total = total * kept + p.sum(-1, keepdims=True)
            mixed = mixed * kept + p @ value[..., j : j + block_size, :]
            top = new
        output[..., i : i + size, :] = mixed / total
    return output
