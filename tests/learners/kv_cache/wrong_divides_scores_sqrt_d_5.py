# slip: divides the scores by sqrt(d), the width of x, not of the keys -> kv_cache.scales_by_the_width_of_x
# slip: the cache that came in is changed
import math

import numpy as np


def _softmax(z):
    z = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return z / z.sum(axis=-1, keepdims=True)


def decode_step(x, cache, w_query, w_key, w_value):
    d_model = x.shape[-1]
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is None:
        cache = {"key": k, "value": v}
    else:
        cache["key"] = np.concatenate((cache["key"], k), axis=-2)
        cache["value"] = np.concatenate((cache["value"], v), axis=-2)
    scores = q @ np.swapaxes(cache["key"], -1, -2) / math.sqrt(d_model)
    return _softmax(scores) @ cache["value"], dict(cache)
