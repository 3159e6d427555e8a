import numpy as np


def split_heads(x, num_heads):
    d_head, rest = divmod(x.shape[-1], num_heads)
    if rest:
        raise ValueError("d must be divisible by num_heads")
    heads = np.empty(x.shape[:-2] + (num_heads, x.shape[-2], d_head), dtype=x.dtype)
    for head in range(num_heads):
        for feature in range(d_head):
            heads[..., head, :, feature] = x[..., head * d_head + feature]
    return heads


def merge_heads(heads):
    h, n, d_head = heads.shape[-3], heads.shape[-2], heads.shape[-1]
    x = np.zeros(heads.shape[:-3] + (n, h * d_head), dtype=heads.dtype)
    for i in range(h):
        x[..., i * d_head : (i + 1) * d_head] = heads[..., i, :, :]
    return x
