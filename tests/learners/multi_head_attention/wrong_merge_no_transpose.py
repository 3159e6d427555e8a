# what: in `_join`, the heads are reshaped to (n, d) without exchanging the heads axis and the position axis first
# names: multi_head_attention.merges_by_reshape_alone

import math

import numpy as np


def _softmax(s, mask=None):
    if mask is not None:
        s = np.where(mask, s, -np.inf)
    top = np.max(s, axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0).astype(s.dtype)
    e = np.exp(s - top)
    total = np.sum(e, axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total)


def _attend(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    weights = _softmax(scores, mask)
    return weights @ v


def _split(x, h):
    return x.reshape(*x.shape[:-1], h, x.shape[-1] // h).swapaxes(-2, -3)


def _join(x):
    *batch, h, n, width = x.shape
    return x.reshape(*batch, n, h * width)


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    p, h = params, num_heads
    q = _split(query @ p["w_query"] + p["b_query"], h)
    k = _split(key @ p["w_key"] + p["b_key"], h)
    v = _split(value @ p["w_value"] + p["b_value"], h)
    if mask is not None:
        mask = np.expand_dims(mask, -3)
    found = _attend(q, k, v, mask)
    return _join(found) @ p["w_output"] + p["b_output"]
