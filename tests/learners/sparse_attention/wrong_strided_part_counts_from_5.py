# slip: the strided part counts from the start of the text, columns stride - 1, 2 stride - 1 ... (the fixed pattern) -> sparse_attention.takes_the_last_of_every_stride
# slip: a query without any block gets the mean of all values -> sparse_attention.averages_where_no_block_is_named
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    i = np.arange(n)[:, None]
    j = np.arange(n)[None, :]
    back = i - j
    return (back >= 0) & ((back < stride) | (j % stride == stride - 1))


def block_sparse_attention(query, key, value, block_size, layout):
    layout = np.asarray(layout, dtype=bool)
    output = np.zeros(query.shape[:-1] + value.shape[-1:], dtype=query.dtype)
    for block, row in enumerate(layout):
        seen = np.flatnonzero(row)
        if len(seen) == 0:
            here = slice(block * block_size, (block + 1) * block_size)
            output[..., here, :] = value.mean(axis=-2, keepdims=True)
            continue
        places = (seen[:, None] * block_size + np.arange(block_size)).ravel()
        here = slice(block * block_size, (block + 1) * block_size)
        result, _ = attention(query[..., here, :], key[..., places, :], value[..., places, :])
        output[..., here, :] = result
    return output
