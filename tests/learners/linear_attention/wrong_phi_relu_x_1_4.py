# slip: phi is relu(x) + 1 -> linear_attention.takes_relu_plus_one
# slip: causal, z is the sum over all keys and not over those seen -> linear_attention.divides_by_the_sum_of_all_keys
import numpy as np


def phi(x):
    return np.maximum(x, 0) + 1


def linear_attention(query, key, value, causal=False):
    q, k = phi(query), phi(key)
    if causal:
        states = np.cumsum(k[..., :, None] * value[..., None, :], axis=-3)
        z = k.sum(axis=-2, keepdims=True)
        top = np.einsum("...nk,...nkv->...nv", q, states)
        below = (q * z).sum(axis=-1, keepdims=True)
    else:
        states = np.swapaxes(k, -1, -2) @ value
        z = k.sum(axis=-2)
        top = q @ states
        below = (q @ z[..., :, None])
    return top / below
