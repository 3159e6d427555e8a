# what: a mask of ones and zeros
# names: sparse_attention.fills_the_mask_with_numbers
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    mask = np.zeros((n, n))
    for i in range(n):
        mask[i, max(0, i + 1 - stride) : i + 1] = 1
        mask[i, i % stride : i + 1 : stride] = 1
    return mask


def block_sparse_attention(query, key, value, block_size, layout):
    output = np.zeros(query.shape[:-1] + value.shape[-1:], dtype=query.dtype)
    for i in range(len(layout)):
        seen = np.repeat(layout[i], block_size)
        if seen.any():
            rows = slice(i * block_size, (i + 1) * block_size)
            out, _ = attention(query[..., rows, :], key[..., seen, :], value[..., seen, :])
            output[..., rows, :] = out
    return output

