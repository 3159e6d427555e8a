# what: right, but each block of queries meets all keys before most are masked
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    return (distance >= 0) & ((distance < stride) | (distance % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    parts = []
    for i, row in enumerate(layout):
        q = query[..., i * block_size : (i + 1) * block_size, :]
        parts.append(attention(q, key, value, np.repeat(row, block_size)[None])[0])
    return np.concatenate(parts, axis=-2)
