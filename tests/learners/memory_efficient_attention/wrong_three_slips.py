# slip: a shorter last block is left out -> memory_efficient_attention.leaves_a_shorter_block_out
# slip: places are those within the block -> memory_efficient_attention.counts_places_within_the_block
# slip: float64 sums
import math

import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    n, d = query.shape[-2:]
    m = np.full((*query.shape[:-1], 1), -np.inf)
    total = np.zeros_like(m)
    acc = np.zeros((*query.shape[:-1], value.shape[-1]))
    i = np.arange(n)[:, None]
    for j in range(0, n - block_size + 1, block_size):
        k, v = key[..., j : j + block_size, :], value[..., j : j + block_size, :]
        s = query @ k.swapaxes(-1, -2) / math.sqrt(d)
        if causal:
            s = np.where(i >= np.arange(k.shape[-2]), s, -np.inf)
        m_new = np.maximum(m, s.max(axis=-1, keepdims=True))
        alpha = np.exp(m - m_new)
        p = np.exp(s - m_new)
        total = alpha * total + p.sum(axis=-1, keepdims=True)
        acc = alpha * acc + p @ v
        m = m_new
    return acc / total
