# what: nothing is divided by
# names: linear_attention.leaves_the_denominator_out
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query), phi(key)
    if causal:
        S = np.cumsum(k[..., None] * value[..., None, :], axis=-3)
        return (q[..., None, :] @ S)[..., 0, :]
    return q @ (k.swapaxes(-1, -2) @ value)
