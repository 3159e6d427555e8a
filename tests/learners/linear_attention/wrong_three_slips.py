# slip: queries are divided by the root of d_k -> linear_attention.scales_the_queries
# slip: causal denominators over all keys -> linear_attention.divides_by_the_sum_of_all_keys
# slip: an eps -> linear_attention.adds_an_eps
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False):
    q, k = phi(query / query.dtype.type(query.shape[-1]) ** 0.5), phi(key)
    z = k.sum(-2, keepdims=True)
    S = k[..., None] * value[..., None, :]
    S = np.cumsum(S, axis=-3) if causal else S.sum(-3, keepdims=True)
    bottom = (q * z).sum(-1, keepdims=True) + query.dtype.type(1e-6)
    return (q[..., None, :] @ S)[..., 0, :] / bottom
