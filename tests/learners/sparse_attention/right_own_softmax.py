import numpy as np


def strided_mask(n, stride):
    mask = np.eye(n, dtype=bool)
    for back in range(n):
        if back < stride or not back % stride:
            mask |= np.eye(n, k=-back, dtype=bool)
    return mask


def block_sparse_attention(query, key, value, block_size, layout):
    n, d = query.shape[-2:]
    out = np.zeros(query.shape[:-1] + (value.shape[-1],), query.dtype)
    for start, row in zip(range(0, n, block_size), layout):
        keys = [p for p in range(n) if row[p // block_size]]
        if keys:
            s = np.einsum("...id,...jd->...ij", query[..., start : start + block_size, :],
                          key[..., keys, :]) * d**-0.5
            s = np.exp(s - s.max(-1, keepdims=True))
            s = s / s.sum(-1, keepdims=True)
            out[..., start : start + block_size, :] = np.einsum(
                "...ij,...jd->...id", s, value[..., keys, :]
            )
    return out
