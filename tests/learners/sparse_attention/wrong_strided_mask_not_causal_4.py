# slip: strided_mask is not causal in its strided part -> sparse_attention.holds_the_local_part_alone_to_the_past
# slip: the layout is read as keys x queries -> sparse_attention.transposes_the_layout
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    i = np.arange(n)[:, None]
    j = np.arange(n)[None, :]
    back = i - j
    return ((back >= 0) & (back < stride)) | (back % stride == 0)


def block_sparse_attention(query, key, value, block_size, layout):
    layout = np.asarray(layout, dtype=bool)
    output = np.zeros(query.shape[:-1] + value.shape[-1:], dtype=query.dtype)
    for block, row in enumerate(layout.T):
        seen = np.flatnonzero(row)
        if len(seen) == 0:
            continue
        places = (seen[:, None] * block_size + np.arange(block_size)).ravel()
        here = slice(block * block_size, (block + 1) * block_size)
        result, _ = attention(query[..., here, :], key[..., places, :], value[..., places, :])
        output[..., here, :] = result
    return output
