import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    n = query.shape[-2]
    output = np.zeros((*query.shape[:-1], value.shape[-1]), dtype=query.dtype)
    for i in range(n):
        near = slice(max(0, i - window), i + window + 1)
        row, _ = attention(query[..., i : i + 1, :], key[..., near, :], value[..., near, :])
        output[..., i : i + 1, :] = row
    return output
