import math

import numpy as np


def memory_efficient_attention(query, key, value, block_size, causal=False):
    """Each block normalised, and put together by the logarithms of their sums."""
    n = query.shape[-2]
    out = lse = None
    for j in range(0, n, block_size):
        s = query @ key[..., j : j + block_size, :].swapaxes(-1, -2) / math.sqrt(query.shape[-1])
        if causal:
            s = np.where(np.arange(j, j + s.shape[-1]) > np.arange(n)[:, None], -np.inf, s)
        top = np.maximum(s.max(-1, keepdims=True), s.dtype.type(-1e30))
        e = np.exp(s - top)
        total = np.maximum(e.sum(-1, keepdims=True), s.dtype.type(1e-30))
        part, part_lse = e / total @ value[..., j : j + block_size, :], top + np.log(total)
        if out is None:
            out, lse = part, part_lse
        else:
            both = np.logaddexp(lse, part_lse)
            out, lse = np.exp(lse - both) * out + np.exp(part_lse - both) * part, both
    return out
