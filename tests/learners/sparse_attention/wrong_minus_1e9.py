# what: -1e9 where nothing may be seen, so that an empty row is a mean
# names: sparse_attention.averages_where_no_block_is_named
import math

import numpy as np

from exercises.attention.softmax import softmax

def strided_mask(n, stride):
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    return (distance >= 0) & ((distance < stride) | (distance % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    rows = []
    for i in range(len(layout)):
        q = query[..., i * block_size : (i + 1) * block_size, :]
        s = q @ key.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
        s = np.where(np.repeat(layout[i], block_size), s, s.dtype.type(-1e9))
        rows.append(softmax(s) @ value)
    return np.concatenate(rows, axis=-2)
