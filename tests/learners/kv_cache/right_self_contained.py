import math

import numpy as np


def decode_step(x, cache, w_query, w_key, w_value):
    q = x @ w_query
    k = x @ w_key
    v = x @ w_value
    if cache is None:
        keys, values = k, v
    else:
        keys = np.append(cache["key"], k, axis=-2)
        values = np.append(cache["value"], v, axis=-2)
    scores = q @ keys.swapaxes(-1, -2) / math.sqrt(keys.shape[-1])
    scores = scores - scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores)
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ values, {"key": keys, "value": values}
