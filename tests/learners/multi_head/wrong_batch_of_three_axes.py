# what: takes for granted exactly one batch axis
import numpy as np


def split_heads(x, num_heads):
    batch, n, d = x.shape
    if d % num_heads != 0:
        raise ValueError("bad number of heads")
    return x.reshape(batch, n, num_heads, d // num_heads).transpose(0, 2, 1, 3)


def merge_heads(heads):
    batch, h, n, d_head = heads.shape
    return heads.transpose(0, 2, 1, 3).reshape(batch, n, h * d_head)
