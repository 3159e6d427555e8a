# what: leaves the heads behind the positions, (..., n, h, d_head), and merges from there
# names: multi_head.expects_heads_behind_positions
# names: multi_head.leaves_heads_behind_positions
import numpy as np


def split_heads(x, num_heads):
    if x.shape[-1] % num_heads != 0:
        raise ValueError("d not divisible by num_heads")
    return x.reshape(*x.shape[:-1], num_heads, x.shape[-1] // num_heads)


def merge_heads(heads):
    return heads.reshape(*heads.shape[:-2], heads.shape[-2] * heads.shape[-1])
