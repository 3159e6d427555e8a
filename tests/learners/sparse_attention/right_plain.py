import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    return (distance >= 0) & ((distance < stride) | (distance % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    output = np.zeros(query.shape[:-1] + value.shape[-1:], dtype=query.dtype)
    for i in range(len(layout)):
        seen = np.repeat(layout[i], block_size)
        if seen.any():
            rows = slice(i * block_size, (i + 1) * block_size)
            out, _ = attention(query[..., rows, :], key[..., seen, :], value[..., seen, :])
            output[..., rows, :] = out
    return output

