import math

import numpy as np


def _one(q, k, v, mask, p, h):
    """A single sequence: q (n, d), k and v (m, d), mask (n, m)."""
    d_head = q.shape[1] // h
    q, k, v = q @ p["w_query"] + p["b_query"], k @ p["w_key"] + p["b_key"], v @ p["w_value"] + p["b_value"]
    result = np.tile(p["b_output"], (q.shape[0], 1))
    for lo in range(0, h * d_head, d_head):
        hi = lo + d_head
        for i in range(q.shape[0]):
            (seen,) = np.nonzero(mask[i])
            if seen.size == 0:
                continue
            s = k[seen, lo:hi] @ q[i, lo:hi] / math.sqrt(d_head)
            e = np.exp(s - s.max())
            result[i] += ((e / e.sum()) @ v[seen, lo:hi]) @ p["w_output"][lo:hi]
    return result


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    lead = query.shape[:-2]
    full = lead + (query.shape[-2], key.shape[-2])
    mask = np.broadcast_to(True if mask is None else mask, full)
    flat = [a.reshape((-1,) + a.shape[len(lead):]) for a in (query, key, value, mask)]
    params = {name: p * 1.0 for name, p in params.items()}
    out = np.stack([_one(q, k, v, m, params, num_heads) for q, k, v, m in zip(*flat)])
    return np.asfortranarray(out.reshape(lead + out.shape[1:]))
