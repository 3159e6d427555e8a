# what: the layout is tiled
# names: sparse_attention.tiles_the_layout
import numpy as np

from exercises.attention.attention import attention


def strided_mask(n, stride):
    distance = np.arange(n)[:, None] - np.arange(n)[None, :]
    return (distance >= 0) & ((distance < stride) | (distance % stride == 0))


def block_sparse_attention(query, key, value, block_size, layout):
    mask = np.tile(layout, (block_size, block_size))
    return attention(query, key, value, mask)[0]
