# what: both queries and keys are divided by d_k ** 0.25
# names: linear_attention.scales_both_by_half
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query / query.shape[-1] ** 0.25), phi(key / query.shape[-1] ** 0.25)
    if causal:
        states = np.cumsum(k[..., :, None] * value[..., None, :], axis=-3)
        z = np.cumsum(k, axis=-2)
        top = np.einsum("...nk,...nkv->...nv", q, states)
        below = (q * z).sum(axis=-1, keepdims=True)
    else:
        states = np.swapaxes(k, -1, -2) @ value
        z = k.sum(axis=-2)
        top = q @ states
        below = (q @ z[..., :, None])
    return top / below
