import math

import numpy as np


def _sequence(x, p, h, mask, activation, eps):
    """One sequence (n, d), one mask (n, n), position by position."""
    n, d = x.shape
    c = d // h
    a, f = p["attention"], p["feed_forward"]
    q = np.einsum("nd,de->ne", x, a["w_query"]) + a["b_query"]
    k = np.einsum("nd,de->ne", x, a["w_key"]) + a["b_key"]
    v = np.einsum("nd,de->ne", x, a["w_value"]) + a["b_value"]
    dtype = np.result_type(x.dtype, np.float32)
    out = np.zeros((n, d), dtype=dtype, order="F")
    for i in range(n):
        found = np.zeros(d, dtype=dtype)
        seen = np.flatnonzero(mask[i])
        for head in range(h):
            part = slice(head * c, head * c + c)
            if len(seen):
                s = np.einsum("jc,c->j", k[seen, part], q[i, part]) * c**-0.5
                w = np.exp(s - np.max(s))
                found[part] = np.einsum("j,jc->c", w / np.sum(w), v[seen, part])
        y = _norm(x[i] + found @ a["w_output"] + a["b_output"], p["norm_1"], eps)
        wide = y @ f["w_in"] + f["b_in"]
        if activation == "gelu":
            wide = np.array([t * math.erfc(-t / math.sqrt(2)) / 2 for t in wide.tolist()], dtype=dtype)
        else:
            wide = wide.clip(0)
        out[i] = _norm(y + wide @ f["w_out"] + f["b_out"], p["norm_2"], eps)
    return out


def _norm(z, p, eps):
    return (z - z.mean()) / math.sqrt(float(z.var()) + eps) * p["gain"] + p["bias"]


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    if activation != "relu" and activation != "gelu":
        raise ValueError("relu or gelu")
    lead, n = x.shape[:-2], x.shape[-2]
    mask = np.broadcast_to(np.True_ if mask is None else mask, lead + (n, n))
    pieces = [_sequence(x[b], params, num_heads, mask[b], activation, eps) for b in np.ndindex(*lead)]
    return np.asfortranarray(np.array(pieces).reshape(x.shape))
