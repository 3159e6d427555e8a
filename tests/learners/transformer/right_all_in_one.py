import math

import numpy as np


def _positions(n, d, dtype):
    angle = np.arange(n)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    return np.stack([np.sin(angle), np.cos(angle)], -1).reshape(n, d).astype(dtype)


def _norm(x, p):
    c = x - x.mean(-1, keepdims=True)
    return c / np.sqrt((c**2).mean(-1, keepdims=True) + 1e-5) * p["gain"] + p["bias"]


def _attend(a, b, p, h, mask):
    cut = lambda t: np.stack(np.split(t, h, axis=-1), axis=1)  # (batch, h, n, d_head)
    q = cut(a @ p["w_query"] + p["b_query"])
    k = cut(b @ p["w_key"] + p["b_key"])
    v = cut(b @ p["w_value"] + p["b_value"])
    s = q @ k.transpose(0, 1, 3, 2) / math.sqrt(q.shape[-1])
    s = s - np.max(s, axis=-1, keepdims=True, where=mask, initial=-1e30)
    e = np.exp(s, where=np.broadcast_to(mask, s.shape), out=np.zeros_like(s))
    t = e.sum(-1, keepdims=True)
    found = (e / np.where(t == 0, 1, t)) @ v
    return np.concatenate(np.moveaxis(found, 1, 0), axis=-1) @ p["w_output"] + p["b_output"]


def _think(x, p):
    return np.maximum(x @ p["w_in"] + p["b_in"], 0) @ p["w_out"] + p["b_out"]


def transformer(source, target, params, num_heads, source_lengths=None):
    (batch, n_s), n_t = source.shape, target.shape[1]
    d = params["target_embedding"].shape[1]
    lengths = np.full(batch, n_s) if source_lengths is None else source_lengths
    real = np.arange(n_s)[None, None, None, :] < lengths[:, None, None, None]
    past = np.tri(n_t, dtype=bool)[None, None]

    x = params["source_embedding"][source] * math.sqrt(d)
    x = x + _positions(n_s, d, x.dtype)
    for p in params["encoder"]:
        x = _norm(x + _attend(x, x, p["attention"], num_heads, real), p["norm_1"])
        x = _norm(x + _think(x, p["feed_forward"]), p["norm_2"])

    y = params["target_embedding"][target] * math.sqrt(d)
    y = y + _positions(n_t, d, y.dtype)
    for p in params["decoder"]:
        y = _norm(y + _attend(y, y, p["self_attention"], num_heads, past), p["norm_1"])
        y = _norm(y + _attend(y, x, p["cross_attention"], num_heads, real), p["norm_2"])
        y = _norm(y + _think(y, p["feed_forward"]), p["norm_3"])
    return y @ params["w_logits"] + params["b_logits"]
