# what: no scale
# names: memory_efficient_attention.leaves_the_scale_out

import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    n, d = query.shape[-2:]
    m = np.full((*query.shape[:-1], 1), -np.inf, dtype=query.dtype)
    total = np.zeros_like(m)
    acc = np.zeros((*query.shape[:-1], value.shape[-1]), dtype=query.dtype)
    i = np.arange(n)[:, None]
    for j in range(0, n, block_size):
        k, v = key[..., j : j + block_size, :], value[..., j : j + block_size, :]
        s = query @ k.swapaxes(-1, -2)
        if causal:
            s = np.where(i >= j + np.arange(k.shape[-2]), s, -np.inf)
        m_new = np.maximum(m, s.max(axis=-1, keepdims=True))
        alpha = np.exp(m - m_new)
        p = np.exp(s - m_new)
        total = alpha * total + p.sum(axis=-1, keepdims=True)
        acc = alpha * acc + p @ v
        m = m_new
    return acc / total
