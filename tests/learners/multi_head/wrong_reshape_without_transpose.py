# what: reshapes straight to the final shape without changing the places of heads and positions, and straight back
# names: multi_head.reshapes_without_transposing
# names: multi_head.merges_without_transposing
import numpy as np


def split_heads(x, num_heads):
    *batch, n, d = x.shape
    if d % num_heads != 0:
        raise ValueError(f"d = {d} is not divisible by num_heads = {num_heads}")
    d_head = d // num_heads
    return x.reshape(*batch, num_heads, n, d_head)


def merge_heads(heads):
    *batch, num_heads, n, d_head = heads.shape
    return heads.reshape(*batch, n, num_heads * d_head)
