import numpy as np

from exercises.attention.attention import attention


def empty(x, w_key, w_value):
    front = x.shape[:-2]
    return {
        "key": np.empty((*front, 0, w_key.shape[1]), x.dtype),
        "value": np.empty((*front, 0, w_value.shape[1]), x.dtype),
    }


def decode_step(x, cache, w_query, w_key, w_value):
    cache = cache or empty(x, w_key, w_value)
    fresh = {"key": x @ w_key, "value": x @ w_value}
    grown = {name: np.concatenate([cache[name], fresh[name]], axis=-2) for name in fresh}
    return attention(x @ w_query, grown["key"], grown["value"])[0], grown
