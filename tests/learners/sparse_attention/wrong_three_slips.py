# slip: the local part alone -> sparse_attention.leaves_the_strided_part_out
# slip: the layout is read by columns -> sparse_attention.transposes_the_layout
# slip: an output as wide as a query
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    return np.tri(n, dtype=bool) & ~np.tri(n, k=-stride, dtype=bool)


def block_sparse_attention(query, key, value, block_size, layout):
    output = np.zeros_like(query)
    for i, column in enumerate(layout.T):
        keys = np.repeat(column, block_size)
        if not keys.any():
            continue
        rows = slice(i * block_size, (i + 1) * block_size)
        output[..., rows, :] = attention(
            query[..., rows, :], key[..., keys, :], value[..., keys, :]
        )[0]
    return output
