import math

import numpy as np


def softmax(scores, mask):
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0).astype(scores.dtype)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1, total).astype(scores.dtype)


def linear(x, p, name):
    return x @ p["w_" + name] + p["b_" + name]


def split(x, h):
    return np.moveaxis(x.reshape(x.shape[:-1] + (h, x.shape[-1] // h)), -2, -3)


def self_attention(x, p, h, mask):
    q, k, v = (split(linear(x, p, name), h) for name in ("query", "key", "value"))
    if mask is not None:
        mask = np.expand_dims(mask, -3)
    weights = softmax(q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1]), mask)
    return linear(np.moveaxis(weights @ v, -3, -2).reshape(x.shape), p, "output")


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[x.dtype])
    return x * (1 + erf(x / math.sqrt(2))) / 2


def feed_forward(x, p, activation):
    wide = linear(x, p, "in")
    wide = np.maximum(wide, 0) if activation == "relu" else gelu(wide)
    return linear(wide, p, "out")


def norm(x, p, eps):
    x = x - x.mean(axis=-1, keepdims=True)
    return p["gain"] * x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + eps) + p["bias"]


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    y = norm(x + self_attention(x, params["attention"], num_heads, mask), params["norm_1"], eps)
    return norm(y + feed_forward(y, params["feed_forward"], activation), params["norm_2"], eps)
