import math

import numpy as np


def _mha(q_in, kv_in, p, h, mask):
    d = q_in.shape[-1]
    e = d // h
    q = (np.einsum("...nd,de->...ne", q_in, p["w_query"]) + p["b_query"]).reshape(q_in.shape[:-1] + (h, e))
    k = (np.einsum("...nd,de->...ne", kv_in, p["w_key"]) + p["b_key"]).reshape(kv_in.shape[:-1] + (h, e))
    v = (np.einsum("...nd,de->...ne", kv_in, p["w_value"]) + p["b_value"]).reshape(kv_in.shape[:-1] + (h, e))
    s = np.einsum("...ihe,...jhe->...hij", q, k) / math.sqrt(e)
    if mask is not None:
        s = np.where(mask[..., np.newaxis, :, :], s, np.array(-np.inf, dtype=s.dtype))
    m = s.max(axis=-1, keepdims=True)
    m = np.where(np.isfinite(m), m, np.zeros_like(m))
    w = np.exp(s - m)
    t = w.sum(axis=-1, keepdims=True)
    w = np.divide(w, t, out=np.zeros_like(w), where=t > 0)
    o = np.einsum("...hij,...jhe->...ihe", w, v).reshape(q_in.shape)
    return np.einsum("...nd,de->...ne", o, p["w_output"]) + p["b_output"]


def _gelu(x):
    return np.array([v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in x.ravel().tolist()], dtype=x.dtype).reshape(x.shape)


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    if activation not in ("relu", "gelu"):
        raise ValueError("activation")

    def norm(z, name):
        mu = z.mean(axis=-1, keepdims=True)
        return (z - mu) / np.sqrt(z.var(axis=-1, keepdims=True) + eps) * params[name]["gain"] + params[name]["bias"]

    i = np.arange(x.shape[-2])
    mask = i[:, None] >= i if self_mask is None else self_mask
    y = norm(x + _mha(x, x, params["self_attention"], num_heads, mask), "norm_1")
    z = norm(y + _mha(y, memory, params["cross_attention"], num_heads, memory_mask), "norm_2")
    f = params["feed_forward"]
    wide = np.einsum("...nd,df->...nf", z, f["w_in"]) + f["b_in"]
    wide = np.maximum(wide, 0) if activation == "relu" else _gelu(wide)
    return norm(z + np.einsum("...nf,fd->...nd", wide, f["w_out"]) + f["b_out"], "norm_3")
