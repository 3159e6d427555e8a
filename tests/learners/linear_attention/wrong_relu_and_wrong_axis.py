# slip: relu for phi -> linear_attention.takes_relu
# slip: z is added up along the first axis -> linear_attention.adds_totals_up_along_the_first_axis
import numpy as np


def linear_attention(query, key, value, causal=False):
    q, k = np.maximum(query, 0), np.maximum(key, 0)
    if causal:
        S, z = np.cumsum(k[..., None] * value[..., None, :], -3), np.cumsum(k, 0)
    else:
        S, z = (k.swapaxes(-1, -2) @ value)[..., None, :, :], k.sum(-2, keepdims=True)
    return (q[..., None, :] @ S)[..., 0, :] / (q * z).sum(-1, keepdims=True)
