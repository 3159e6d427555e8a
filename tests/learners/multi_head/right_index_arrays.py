import numpy as np


def split_heads(x, num_heads):
    d = x.shape[-1]
    if d / num_heads != d // num_heads:
        raise ValueError("num_heads must divide d")
    features = np.arange(d).reshape(num_heads, -1)  # row i: the features of head i
    return np.asfortranarray(np.moveaxis(x[..., features], -2, -3))


def merge_heads(heads):
    axes = tuple(range(heads.ndim - 3)) + (heads.ndim - 2, heads.ndim - 3, heads.ndim - 1)
    t = np.transpose(heads, axes)
    return t.reshape(t.shape[:-2] + (-1,))
