# what: the local part leaves out i - stride + 1
# names: sparse_attention.ends_the_local_part_too_early
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    mask = np.zeros((n, n), bool)
    for i in range(n):
        for j in range(i + 1):
            mask[i, j] = j > i - stride + 1 or (i - j) % stride == 0
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

