# what: in `split_heads`, x is reshaped to (h, n, d_head) at once, which cuts the sequence instead of the features
# names: multi_head.reshapes_without_transposing

import numpy as np


def split_heads(x, num_heads):
    *batch, n, d = x.shape
    if d % num_heads != 0:
        raise ValueError("d must be divisible by num_heads")
    return x.reshape(*batch, num_heads, n, d // num_heads)


def merge_heads(heads):
    *batch, h, n, d_head = heads.shape
    heads = np.swapaxes(heads, -3, -2)
    return heads.reshape(*batch, n, h * d_head)
