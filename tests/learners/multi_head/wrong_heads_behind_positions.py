# what: the swap is forgotten both ways: heads come out as (..., n, h, d_head).
# names: multi_head.leaves_heads_behind_positions
# names: multi_head.expects_heads_behind_positions
import numpy as np


def split_heads(x, num_heads):
    d = x.shape[-1]
    if d % num_heads != 0:
        raise ValueError("d % num_heads")
    d_head = int(d / num_heads)
    return x.reshape(x.shape[:-1] + (num_heads, d_head))


def merge_heads(heads):
    return heads.reshape(heads.shape[:-2] + (-1,))
