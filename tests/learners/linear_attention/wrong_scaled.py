# what: queries are divided by the root of d_k
# names: linear_attention.scales_the_queries
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query * query.shape[-1] ** -0.5), phi(key)
    if causal:
        S = np.cumsum(k[..., None] * value[..., None, :], axis=-3)
        z = np.cumsum(k, axis=-2)
        return np.einsum("...d,...de->...e", q, S) / (q * z).sum(-1, keepdims=True)
    return q @ (k.swapaxes(-1, -2) @ value) / (q @ k.sum(-2)[..., None])
