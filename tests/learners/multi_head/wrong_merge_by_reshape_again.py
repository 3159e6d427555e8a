# what: in `merge_heads`, the heads are reshaped to (n, d) without exchanging the heads axis and the position axis first
# names: multi_head.merges_without_transposing

import numpy as np


def split_heads(x, num_heads):
    *batch, n, d = x.shape
    if d % num_heads != 0:
        raise ValueError("d must be divisible by num_heads")
    x = x.reshape(*batch, n, num_heads, d // num_heads)
    return np.swapaxes(x, -3, -2)


def merge_heads(heads):
    *batch, h, n, d_head = heads.shape
    return heads.reshape(*batch, n, h * d_head)
