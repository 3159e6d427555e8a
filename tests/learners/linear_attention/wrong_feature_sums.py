# what: S is divided by z before the query comes in
# names: linear_attention.divides_each_feature_by_its_own_sum
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query), phi(key)
    context = np.einsum("...nd,...ne->...nde", k, value)
    if causal:
        context, k_sum = context.cumsum(axis=-3), k.cumsum(axis=-2)
    else:
        context, k_sum = context.sum(axis=-3, keepdims=True), k.sum(axis=-2, keepdims=True)
    context = context / k_sum[..., None]
    return (q[..., None, :] @ context)[..., 0, :]
