# what: the layout is read by columns
# names: sparse_attention.transposes_the_layout
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    return (distance >= 0) & ((distance < stride) | (distance % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    output = np.zeros((*query.shape[:-1], value.shape[-1]), dtype=query.dtype)
    for i in range(len(layout)):
        keys = np.repeat(layout[:, i], block_size)
        rows = slice(i * block_size, (i + 1) * block_size)
        if keys.any():
            output[..., rows, :] = attention(
                query[..., rows, :], key[..., keys, :], value[..., keys, :]
            )[0]
    return output
