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


def think(x, p):
    return linear(np.maximum(linear(x, p, "in"), 0), p, "out")


def norm(x, p):
    x = x - x.mean(axis=-1, keepdims=True)
    return p["gain"] * x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + 1e-5) + p["bias"]


def enter(ids, table):
    n, d = ids.shape[1], table.shape[1]
    place = np.zeros((n, d))
    for pos in range(n):
        for i in range(0, d, 2):
            angle = pos / 10000 ** (i / d)
            place[pos, i : i + 2] = math.sin(angle), math.cos(angle)
    return table[ids] * math.sqrt(d) + place.astype(table.dtype)


def transformer(source, target, params, num_heads, source_lengths=None):

    h, seen = num_heads, None
    if source_lengths is not None:
        seen = (np.arange(source.shape[1]) < source_lengths[:, None])[:, None]
    x = enter(source, params["source_embedding"])
    for p in params["encoder"]:
        x = norm(x + attend(x, x, p["attention"], h, seen), p["norm_1"])
        x = norm(x + think(x, p["feed_forward"]), p["norm_2"])
    y = enter(target, params["target_embedding"])
    past = np.tri(target.shape[1], dtype=bool)
    for p in params["decoder"]:
        y = norm(y + attend(y, y, p["self_attention"], h, past), p["norm_1"])
        y = norm(y + attend(y, x, p["cross_attention"], h, seen), p["norm_2"])
        y = norm(y + think(y, p["feed_forward"]), p["norm_3"])
    return linear(y, params, "logits")
