# what: the last block of keys only
# names: sparse_attention.keeps_the_last_block_only
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    return (distance >= 0) & ((distance < stride) | (distance % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    output = np.zeros((*query.shape[:-1], value.shape[-1]), dtype=query.dtype)
    for i, j in np.argwhere(layout):
        rows = slice(i * block_size, (i + 1) * block_size)
        cols = slice(j * block_size, (j + 1) * block_size)
        output[..., rows, :] = attention(
            query[..., rows, :], key[..., cols, :], value[..., cols, :]
        )[0]
    return output
