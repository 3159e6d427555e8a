# what: merges by reshape without swapping the axes back first.
# names: multi_head.merges_without_transposing
import numpy as np


def split_heads(x, num_heads):
    d_model = x.shape[-1]
    if d_model % num_heads != 0:
        raise ValueError("d_model % num_heads != 0")
    x = x.reshape(*x.shape[:-1], num_heads, d_model // num_heads)
    return np.swapaxes(x, -2, -3)


def merge_heads(heads):
    *batch, h, n, d_head = heads.shape
    return heads.reshape(*batch, n, h * d_head)
