import math

import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    n, d = query.shape[-2], query.shape[-1]
    m = np.full(query.shape[:-1], -np.inf, dtype=query.dtype)
    l = np.zeros(query.shape[:-1], dtype=query.dtype)  # noqa: E741
    o = np.zeros(query.shape[:-1] + value.shape[-1:], dtype=query.dtype)
    for j in range(0, n, block_size):
        k, v = key[..., j : j + block_size, :], value[..., j : j + block_size, :]
        s = np.einsum("...id,...jd->...ij", query, k) / math.sqrt(d)
        if causal:
            mask = np.arange(n)[:, None] >= np.arange(j, j + k.shape[-2])[None, :]
            s = np.where(mask, s, -np.inf)
        m_new = np.maximum(m, s.max(axis=-1))
        p = np.exp(s - m_new[..., None])
        alpha = np.exp(m - m_new)
        l = l * alpha + p.sum(axis=-1)  # noqa: E741
        o = o * alpha[..., None] + p @ v
        m = m_new
    return o / l[..., None]
