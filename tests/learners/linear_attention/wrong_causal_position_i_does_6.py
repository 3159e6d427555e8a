# what: causal, position i does not see itself but only those before it (position 0 gets 0)
# names: linear_attention.leaves_itself_out_and_begins_with_zeros
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query), phi(key)
    if causal:
        states = np.cumsum(k[..., :, None] * value[..., None, :], axis=-3)
        z = np.cumsum(k, axis=-2)
        states = states - k[..., :, None] * value[..., None, :]
        z = z - k
        top = np.einsum("...nk,...nkv->...nv", q, states)
        below = (q * z).sum(axis=-1, keepdims=True)
        below[..., 0, :] = 1
    else:
        states = np.swapaxes(k, -1, -2) @ value
        z = k.sum(axis=-2)
        top = q @ states
        below = (q @ z[..., :, None])
    return top / below
