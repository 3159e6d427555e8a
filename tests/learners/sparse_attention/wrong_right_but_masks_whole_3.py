# what: right, but masks the whole n x n table with the layout blown up
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    i = np.arange(n)[:, None]
    j = np.arange(n)[None, :]
    back = i - j
    return (back >= 0) & ((back < stride) | (back % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    mask = np.repeat(np.repeat(layout, block_size, axis=0), block_size, axis=1)
    output, _ = attention(query, key, value, mask)
    return output
