# slip: no softmax for queries without a key is left out -> sparse_attention.attends_to_no_key_at_all
# slip: the strided part counts from the start -> sparse_attention.counts_strides_from_the_start
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    i, j = np.arange(n)[:, None], np.arange(n)[None, :]
    return (i >= j) & ((i - j < stride) | (j % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    out = []
    for i in range(len(layout)):
        q = query[..., i * block_size : (i + 1) * block_size, :]
        keys = np.flatnonzero(np.repeat(layout[i], block_size))
        out.append(attention(q, key[..., keys, :], value[..., keys, :])[0])
    return np.concatenate(out, axis=-2)
