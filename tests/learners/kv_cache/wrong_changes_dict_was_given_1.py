# what: changes the dict that it was given, and returns the same one as the new cache
# names: kv_cache.writes_into_the_old_cache
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    if cache is None:
        cache = {}
    for name, w in (("key", w_key), ("value", w_value)):
        new = x @ w
        if name in cache:
            new = np.concatenate([cache[name], new], axis=-2)
        cache[name] = new
    output, _ = attention(x @ w_query, cache["key"], cache["value"])
    return output, cache
