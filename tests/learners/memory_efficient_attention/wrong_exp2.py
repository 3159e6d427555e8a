# what: powers of two, from a kernel
# names: memory_efficient_attention.takes_powers_of_two
import math

import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    n, d = query.shape[-2:]
    m = np.full((*query.shape[:-1], 1), -np.inf, dtype=query.dtype)
    total = np.zeros_like(m)
    acc = np.zeros((*query.shape[:-1], value.shape[-1]), dtype=query.dtype)
    i = np.arange(n)[:, None]
    for j in range(0, n, block_size):
        k, v = key[..., j : j + block_size, :], value[..., j : j + block_size, :]
        s = query @ k.swapaxes(-1, -2) / math.sqrt(d)
        if causal:
            s = np.where(i >= j + np.arange(k.shape[-2]), s, -np.inf)
        m_new = np.maximum(m, s.max(axis=-1, keepdims=True))
        alpha = np.exp2(m - m_new)
        p = np.exp2(s - m_new)
        total = alpha * total + p.sum(axis=-1, keepdims=True)
        acc = alpha * acc + p @ v
        m = m_new
    return acc / total
