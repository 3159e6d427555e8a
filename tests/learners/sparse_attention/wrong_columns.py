# what: strides counted from the start of the text
# names: sparse_attention.counts_strides_from_the_start
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    mask = np.zeros((n, n), dtype=bool)
    for i in range(n):
        mask[i, max(0, i - stride + 1) : i + 1] = True
        mask[i, 0 : i + 1 : stride] = True
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

