# what: splits rightly, but merges with reshape alone
# names: multi_head.merges_without_transposing
import numpy as np


def split_heads(x, num_heads):
    n, d = x.shape[-2], x.shape[-1]
    if d % num_heads != 0:
        raise ValueError("d must be divisible by num_heads")
    x = x.reshape(x.shape[:-1] + (num_heads, d // num_heads))
    return np.swapaxes(x, -3, -2)


def merge_heads(heads):
    h, n, d_head = heads.shape[-3:]
    return heads.reshape(heads.shape[:-3] + (n, h * d_head))
