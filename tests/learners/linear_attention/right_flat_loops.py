import math

import numpy as np


def f(x):
    return x + 1 if x > 0 else math.exp(x)


def linear_attention(query, key, value, causal=False):
    phi = np.vectorize(f, otypes=[query.dtype])
    q, k, v = phi(query), phi(key), value
    shape = (*query.shape[:-1], value.shape[-1])
    q, k = (x.reshape(-1, *x.shape[-2:]) for x in (q, k))
    v = v.reshape(-1, *v.shape[-2:])
    out = np.zeros((*q.shape[:-1], v.shape[-1]), dtype=query.dtype)
    for b in range(len(q)):
        S, z = k[b].T @ v[b], k[b].sum(axis=0)
        if causal:
            S, z = np.zeros_like(S), np.zeros_like(z)
        for i in range(q.shape[1]):
            if causal:
                S, z = S + np.outer(k[b, i], v[b, i]), z + k[b, i]
            out[b, i] = q[b, i] @ S / (q[b, i] @ z)
    return out.reshape(shape)
