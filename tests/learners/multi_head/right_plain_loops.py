import numpy as np


def split_heads(x, num_heads):
    n, d = x.shape[-2:]
    d_head, rest = divmod(d, num_heads)
    if rest != 0:
        raise ValueError("d is not divisible by num_heads")
    heads = np.empty(x.shape[:-2] + (num_heads, n, d_head), dtype=x.dtype)
    for head in range(num_heads):
        for position in range(n):
            for feature in range(d_head):
                heads[..., head, position, feature] = x[..., position, head * d_head + feature]
    return heads


def merge_heads(heads):
    h, n, d_head = heads.shape[-3:]
    x = np.empty(heads.shape[:-3] + (n, h * d_head), dtype=heads.dtype, order="F")
    for feature in range(h * d_head):
        x[..., feature] = heads[..., feature // d_head, :, feature % d_head]
    return x
