# what: the fixed pattern
# names: sparse_attention.draws_the_fixed_pattern
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    i, j = np.indices((n, n))
    same = np.floor(i / stride) == np.floor(j / stride)
    last = j % stride >= stride - 1
    return np.tril(same | last)


def block_sparse_attention(query, key, value, block_size, layout):
    output = np.zeros(query.shape[:-1] + value.shape[-1:], dtype=query.dtype)
    for i in range(len(layout)):
        seen = np.repeat(layout[i], block_size)
        if seen.any():
            rows = slice(i * block_size, (i + 1) * block_size)
            out, _ = attention(query[..., rows, :], key[..., seen, :], value[..., seen, :])
            output[..., rows, :] = out
    return output

