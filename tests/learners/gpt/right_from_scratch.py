import math

import numpy as np


def norm(x, gain, bias):
    mean = x.mean(-1, keepdims=True)
    var = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / np.sqrt(var + 1e-5) * gain + bias


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[x.dtype])
    return x * (1 + erf(x / math.sqrt(2))) / 2


def heads(x, h):
    *batch, n, d = x.shape
    return x.reshape(*batch, n, h, d // h).swapaxes(-2, -3)


def attend(x, p, h):
    q = heads(x @ p["w_query"] + p["b_query"], h)
    k = heads(x @ p["w_key"] + p["b_key"], h)
    v = heads(x @ p["w_value"] + p["b_value"], h)
    scores = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    n = x.shape[-2]
    scores = np.where(np.triu(np.ones((n, n), bool), 1), -np.inf, scores)
    e = np.exp(scores - scores.max(-1, keepdims=True))
    out = (e / e.sum(-1, keepdims=True)) @ v
    return out.swapaxes(-2, -3).reshape(x.shape) @ p["w_output"] + p["b_output"]


def gpt(ids, params, num_heads):
    x = params["token_embedding"][ids] + params["position_embedding"][np.arange(ids.shape[-1])]
    for b in params["blocks"]:
        x = x + attend(norm(x, **b["norm_1"]), b["attention"], num_heads)
        f = b["feed_forward"]
        x = x + gelu(norm(x, **b["norm_2"]) @ f["w_in"] + f["b_in"]) @ f["w_out"] + f["b_out"]
    return norm(x, **params["final_norm"]) @ params["token_embedding"].T
