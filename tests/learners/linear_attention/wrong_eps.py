# what: 1e-6 added to the denominator
# names: linear_attention.adds_an_eps
import numpy as np


def phi(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def linear_attention(query, key, value, causal=False, eps=1e-6):
    q, k = phi(query), phi(key)
    kv = np.einsum("...nd,...ne->...nde", k, value)
    kv = kv.cumsum(-3) if causal else kv.sum(-3, keepdims=True)
    z = k.cumsum(-2) if causal else k.sum(-2, keepdims=True)
    top = (q[..., None, :] @ kv)[..., 0, :]
    return top / ((q * z).sum(-1, keepdims=True) + np.asarray(eps, q.dtype))
