import math

import numpy as np


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    p = {name: array.astype("float64") for name, array in params.items()}
    heads = []
    linear = lambda x, name: np.split(x.astype("float64") @ p["w_" + name] + p["b_" + name], num_heads, -1)
    for q, k, v in zip(linear(query, "query"), linear(key, "key"), linear(value, "value")):
        scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
        seen = np.broadcast_to(True if mask is None else mask, scores.shape)
        scores = np.where(seen, scores, -np.inf)
        exps = np.exp(scores - scores.max(-1, keepdims=True, initial=np.finfo(float).min))
        sums = exps.sum(-1, keepdims=True)
        sums[sums == 0] = 1
        heads.append(exps / sums @ v)
    output = np.concatenate(heads, axis=-1) @ p["w_output"] + p["b_output"]
    return output.astype(query.dtype)
