# what: relu + 1
# names: linear_attention.takes_relu_plus_one
import numpy as np


def linear_attention(query, key, value, causal=False):
    q, k = np.maximum(query, 0) + 1, np.maximum(key, 0) + 1
    if causal:
        S = np.cumsum(k[..., None] * value[..., None, :], axis=-3)
        z = np.cumsum(k, axis=-2)
        return np.einsum("...d,...de->...e", q, S) / (q * z).sum(-1, keepdims=True)
    return q @ (k.swapaxes(-1, -2) @ value) / (q @ k.sum(-2)[..., None])
