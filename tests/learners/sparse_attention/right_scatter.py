import math

import numpy as np


def strided_mask(n, stride):
    return np.array([[j <= i and (i - j < stride or (i - j) % stride == 0) for j in range(n)]
                     for i in range(n)])


def block_sparse_attention(query, key, value, block_size, layout):
    """All named pairs of blocks at once, then one softmax over what belongs together."""
    blocks, d_k, d_v = len(layout), query.shape[-1], value.shape[-1]
    q = query.reshape(-1, blocks, block_size, d_k)
    k = key.reshape(-1, blocks, block_size, d_k)
    v = value.reshape(-1, blocks, block_size, d_v)
    i, j = np.nonzero(layout)
    s = q[:, i] @ k[:, j].swapaxes(-1, -2) / math.sqrt(d_k)  # (b, pairs, size, size)
    top = np.full(q.shape[:-1], -np.inf, dtype=query.dtype)
    np.maximum.at(top, (slice(None), i), s.max(axis=-1))
    e = np.exp(s - top[:, i][..., None])
    total = np.zeros_like(top)
    np.add.at(total, (slice(None), i), e.sum(axis=-1))
    mixed = np.zeros((*q.shape[:-1], d_v), dtype=query.dtype)
    np.add.at(mixed, (slice(None), i), e @ v[:, j])
    total[total == 0] = 1
    return (mixed / total[..., None]).reshape(*query.shape[:-1], d_v)
