# slip: the token embeddings are multiplied by sqrt(d) -> gpt.scales_by_the_root_of_d
# slip: gelu in the tanh approximation -> feed_forward.approximates_with_tanh
import math

import numpy as np

ERF = np.vectorize(math.erf, otypes=[float])


def _norm(x, p):
    x = x - x.mean(axis=-1, keepdims=True)
    x = x / np.sqrt((x ** 2).mean(axis=-1, keepdims=True) + 1e-5)
    return p["gain"] * x + p["bias"]


def _attend(x, p, h):
    n, d = x.shape[-2:]

    def heads(name):
        y = x @ p["w_" + name] + p["b_" + name]
        return np.swapaxes(y.reshape(y.shape[:-1] + (h, d // h)), -2, -3)

    q, k, v = heads("query"), heads("key"), heads("value")
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(d // h)
    scores = np.where(np.tri(n, dtype=bool), scores, -np.inf)
    w = np.exp(scores - scores.max(axis=-1, keepdims=True))
    w = w / w.sum(axis=-1, keepdims=True)
    found = np.swapaxes(w @ v, -2, -3).reshape(x.shape)
    return found @ p["w_output"] + p["b_output"]


def _ffn(x, p):
    z = x @ p["w_in"] + p["b_in"]
    z = 0.5 * z * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z ** 3)))
    return z @ p["w_out"] + p["b_out"]


def gpt(ids, params, num_heads):
    table = params["token_embedding"]
    x = table[ids] * math.sqrt(table.shape[-1]) + params["position_embedding"][:ids.shape[-1]]
    for block in params["blocks"]:
        x = x + _attend(_norm(x, block["norm_1"]), block["attention"], num_heads)
        x = x + _ffn(_norm(x, block["norm_2"]), block["feed_forward"])
    return _norm(x, params["final_norm"]) @ table.T
