import math

import numpy as np


def linear(x, p, name):
    return x @ p["w_" + name] + p["b_" + name]


def softmax(scores, mask):
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    e = np.exp(scores - np.where(np.isfinite(top), top, 0).astype(scores.dtype))
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1, total).astype(scores.dtype)


def attend(query, memory, p, h, mask):
    def split(x):
        return np.moveaxis(x.reshape(x.shape[:-1] + (h, x.shape[-1] // h)), -2, -3)

    q = split(linear(query, p, "query"))
    k, v = split(linear(memory, p, "key")), split(linear(memory, p, "value"))
    mask = None if mask is None else np.expand_dims(mask, -3)
    heads = softmax(q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1]), mask) @ v
    return linear(np.moveaxis(heads, -3, -2).reshape(query.shape), p, "output")


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[x.dtype])
    return x * (1 + erf(x / math.sqrt(2))) / 2


def think(x, p, activation):
    wide = linear(x, p, "in")
    return linear(np.maximum(wide, 0) if activation == "relu" else gelu(wide), p, "out")


def norm(x, p, eps):
    x = x - x.mean(axis=-1, keepdims=True)
    return p["gain"] * x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + eps) + p["bias"]


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):

    n = x.shape[-2]
    seen = np.tril(np.ones((n, n), bool)) if self_mask is None else self_mask
    x = norm(x + attend(x, x, params["self_attention"], num_heads, seen), params["norm_1"], eps)
    found = attend(x, memory, params["cross_attention"], num_heads, memory_mask)
    x = norm(x + found, params["norm_2"], eps)
    return norm(x + think(x, params["feed_forward"], activation), params["norm_3"], eps)
