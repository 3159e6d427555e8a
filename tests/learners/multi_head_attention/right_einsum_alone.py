import numpy as np


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    d = params["w_query"].shape[0]
    depth = d // num_heads
    w = {n: params["w_" + n].reshape(d, num_heads, depth) for n in ("query", "key", "value")}
    b = {n: params["b_" + n].reshape(num_heads, 1, depth) for n in ("query", "key", "value")}
    q = np.einsum("...nd,dhe->...hne", query, w["query"]) + b["query"]
    k = np.einsum("...nd,dhe->...hne", key, w["key"]) + b["key"]
    v = np.einsum("...nd,dhe->...hne", value, w["value"]) + b["value"]

    s = np.einsum("...hie,...hje->...hij", q, k) * depth**-0.5
    if mask is not None:
        s = np.where(np.expand_dims(mask, -3), s, -np.inf)
    top = s.max(-1, keepdims=True)
    e = np.exp(s - np.where(np.isfinite(top), top, 0))
    total = e.sum(-1, keepdims=True)
    a = e / np.where(total == 0, 1, total)

    w_out = params["w_output"].reshape(num_heads, depth, d)
    return np.einsum("...hij,...hje,hed->...id", a, v, w_out) + params["b_output"]
