import numpy as np


def split_heads(x, num_heads):
    *batch, n, d = x.shape
    if d % num_heads:
        raise ValueError(f"{d} features cannot be shared among {num_heads} heads")
    return x.reshape(*batch, n, num_heads, d // num_heads).swapaxes(-2, -3)


def merge_heads(heads):
    side_by_side = heads.swapaxes(-2, -3)
    return side_by_side.reshape(*side_by_side.shape[:-2], -1)
