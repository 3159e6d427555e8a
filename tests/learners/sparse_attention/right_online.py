import math

import numpy as np


def strided_mask(n, stride):
    causal = np.tri(n, dtype=bool)
    near = ~np.tri(n, k=-stride, dtype=bool)
    i = np.arange(n) % stride
    return causal & (near | (i[:, None] == i))


def block_sparse_attention(query, key, value, block_size, layout):
    """One named block after the other, with running sums."""
    output = np.zeros((*query.shape[:-1], value.shape[-1]), dtype=query.dtype)
    b = block_size
    for i in range(len(layout)):
        q = query[..., i * b : (i + 1) * b, :]
        top = np.full((*q.shape[:-1], 1), -np.inf, dtype=q.dtype)
        total = np.zeros_like(top)
        mixed = np.zeros((*q.shape[:-1], value.shape[-1]), dtype=q.dtype)
        for j in np.nonzero(layout[i])[0]:
            k, v = key[..., j * b : (j + 1) * b, :], value[..., j * b : (j + 1) * b, :]
            s = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
            new = np.maximum(top, s.max(axis=-1, keepdims=True))
            e = np.exp(s - new)
            old = np.exp(top - new)
            total = old * total + e.sum(axis=-1, keepdims=True)
            mixed = old * mixed + e @ v
            top = new
        if layout[i].any():
            output[..., i * b : (i + 1) * b, :] = mixed / total
    return output
