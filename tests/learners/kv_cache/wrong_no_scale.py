# what: own attention without the scale
# names: kv_cache.leaves_the_scale_out
import numpy as np

from exercises.attention.softmax import softmax


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        k = np.concatenate([cache["key"], k], axis=-2)
        v = np.concatenate([cache["value"], v], axis=-2)
    weights = softmax(q @ np.swapaxes(k, -1, -2))
    return weights @ v, {"key": k, "value": v}
