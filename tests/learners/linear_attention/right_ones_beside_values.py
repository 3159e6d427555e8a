import numpy as np


def linear_attention(query, key, value, causal=False):
    """A column of ones beside the values: its weighted sum is the denominator."""
    q, k = (np.maximum(x, 0) + np.exp(np.minimum(x, 0)) for x in (query, key))
    value = np.concatenate([value, np.ones_like(value[..., :1])], axis=-1)
    kv = k[..., None] * value[..., None, :]
    kv = kv.cumsum(axis=-3) if causal else kv.sum(axis=-3, keepdims=True)
    mixed = np.squeeze(np.matmul(q[..., None, :], kv), axis=-2)
    return mixed[..., :-1] / mixed[..., -1:]
