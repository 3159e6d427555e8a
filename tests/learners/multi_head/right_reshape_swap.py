import numpy as np


def split_heads(x, num_heads):
    *lead, n, d = x.shape
    if d % num_heads != 0:
        raise ValueError(f"{d} features cannot be shared out among {num_heads} heads")
    return x.reshape(*lead, n, num_heads, d // num_heads).swapaxes(-3, -2)


def merge_heads(heads):
    *lead, h, n, d_head = heads.shape
    return heads.swapaxes(-3, -2).reshape(*lead, n, h * d_head)
