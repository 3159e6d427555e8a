# what: an indivisible width raises AssertionError, not ValueError
# names: multi_head.refuses_by_an_assertion
import numpy as np


def split_heads(x, num_heads):
    *lead, seq_len, d_model = x.shape
    assert d_model % num_heads == 0, "d_model must be divisible by num_heads"
    depth = d_model // num_heads
    return np.swapaxes(x.reshape(*lead, seq_len, num_heads, depth), -3, -2)


def merge_heads(heads):
    *lead, num_heads, seq_len, depth = heads.shape
    return np.swapaxes(heads, -3, -2).reshape(*lead, seq_len, num_heads * depth)
