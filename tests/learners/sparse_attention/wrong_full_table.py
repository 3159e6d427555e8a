# what: right, but all n x n scores are made and masked
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    return (distance >= 0) & ((distance < stride) | (distance % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    mask = np.kron(layout, np.ones((block_size, block_size), dtype=bool))
    return attention(query, key, value, mask)[0]
