# what: the output is worked out before the position is added
# names: linear_attention.leaves_itself_out
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query), phi(key)
    if not causal:
        return q @ (k.swapaxes(-1, -2) @ value) / (q @ k.sum(-2)[..., None])
    S = np.zeros((*k.shape[:-2], k.shape[-1], value.shape[-1]), k.dtype)
    z = np.zeros((*k.shape[:-2], k.shape[-1]), k.dtype)
    rows = []
    for i in range(q.shape[-2]):
        qi = q[..., i, None, :]
        rows.append((qi @ S / (qi @ z[..., None]))[..., 0, :])
        S = S + k[..., i, :, None] * value[..., i, None, :]
        z = z + k[..., i, :]
    return np.stack(rows, axis=-2)
