# what: merge_heads asks for the number of heads as well, so the call crashes
import numpy as np


def split_heads(x, num_heads):
    if x.shape[-1] % num_heads != 0:
        raise ValueError("x cannot be divided among the heads")
    d_head = x.shape[-1] // num_heads
    return x.reshape(x.shape[:-1] + (num_heads, d_head)).swapaxes(-3, -2)


def merge_heads(heads, num_heads):
    d = num_heads * heads.shape[-1]
    merged = heads.swapaxes(-3, -2)
    return merged.reshape(merged.shape[:-2] + (d,))
