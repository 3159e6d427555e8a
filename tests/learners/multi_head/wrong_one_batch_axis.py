# what: transpose(0, 2, 1, 3) and the unpacked shape suppose exactly one batch axis.
import numpy as np


def split_heads(x, num_heads):
    batch_size, seq_len, d_model = x.shape
    if d_model % num_heads:
        raise ValueError("d_model must be divisible by num_heads")
    depth = d_model // num_heads
    x = x.reshape(batch_size, seq_len, num_heads, depth)
    return x.transpose(0, 2, 1, 3)


def merge_heads(heads):
    batch_size, num_heads, seq_len, depth = heads.shape
    return heads.transpose(0, 2, 1, 3).reshape(batch_size, seq_len, num_heads * depth)
