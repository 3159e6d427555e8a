import math

import numpy as np


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    if activation not in ("relu", "gelu"):
        raise ValueError(activation)

    def norm(z, p):
        z = z - z.mean(axis=-1, keepdims=True)
        return z / np.sqrt((z * z).mean(axis=-1, keepdims=True) + eps) * p["gain"] + p["bias"]

    def heads(name):
        y = x @ a["w_" + name] + a["b_" + name]
        return y.reshape(y.shape[:-1] + (num_heads, -1)).swapaxes(-2, -3)

    a = params["attention"]
    q, k, v = heads("query"), heads("key"), heads("value")
    s = q @ k.swapaxes(-1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        s = np.where(np.expand_dims(mask, -3), s, -np.inf)
    top = s.max(axis=-1, keepdims=True)
    e = np.exp(s - np.where(np.isneginf(top), 0, top))
    total = e.sum(axis=-1, keepdims=True)
    blend = (e / np.where(total > 0, total, 1)) @ v
    blend = blend.swapaxes(-2, -3).reshape(x.shape)
    y = norm(x + blend @ a["w_output"] + a["b_output"], params["norm_1"])

    f = params["feed_forward"]
    wide = y @ f["w_in"] + f["b_in"]
    if activation == "relu":
        wide = np.maximum(wide, 0)
    else:
        erf = np.vectorize(math.erf, otypes=[wide.dtype])
        wide = wide * (1 + erf(wide / math.sqrt(2))) / 2
    return norm(y + wide @ f["w_out"] + f["b_out"], params["norm_2"])
