# what: writes features into the caller's arrays
# names: linear_attention.changes_its_inputs
import numpy as np


def phi(x):
    above = x > 0
    x[above] += 1
    x[~above] = np.exp(x[~above])
    return x


def linear_attention(query, key, value, causal=False):
    q, k = phi(query), phi(key)
    if causal:
        S, z = np.cumsum(k[..., None] * value[..., None, :], -3), np.cumsum(k, -2)
    else:
        S, z = (k.swapaxes(-1, -2) @ value)[..., None, :, :], k.sum(-2, keepdims=True)
    return (q[..., None, :] @ S)[..., 0, :] / (q * z).sum(-1, keepdims=True)
