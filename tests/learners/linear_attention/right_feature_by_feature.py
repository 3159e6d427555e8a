import numpy as np


def elu(x):
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = elu(query) + 1, elu(key) + 1
    add_up = (lambda x: np.cumsum(x, axis=-2)) if causal else (lambda x: x.sum(-2, keepdims=True))
    top = bottom = 0
    for f in range(q.shape[-1]):
        top = top + q[..., f : f + 1] * add_up(k[..., f : f + 1] * value)
        bottom = bottom + q[..., f : f + 1] * add_up(k[..., f : f + 1])
    return top / bottom
