# right: a loop with a running S and z
import numpy as np


def linear_attention(query, key, value, causal=False):
    def feature(x):
        out = x + 1
        low = x <= 0
        out[low] = np.exp(x[low])
        return out

    q, k = feature(query), feature(key)
    if not causal:
        s = np.einsum("...nk,...nv->...kv", k, value)
        z = np.einsum("...nk->...k", k)
        return np.einsum("...nk,...kv->...nv", q, s) / np.einsum("...nk,...k->...n", q, z)[..., None]
    n = query.shape[-2]
    s, z = 0, 0
    out = np.empty(query.shape[:-1] + value.shape[-1:], dtype=query.dtype)
    for i in range(n):
        s = s + k[..., i, :, None] * value[..., i, None, :]
        z = z + k[..., i, :]
        row = q[..., i, :]
        out[..., i, :] = np.einsum("...k,...kv->...v", row, s) / (row * z).sum(axis=-1)[..., None]
    return out
