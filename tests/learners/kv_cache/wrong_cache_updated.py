# what: writes into the cache that came in
# names: kv_cache.writes_into_the_old_cache
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    k, v = x @ w_key, x @ w_value
    if cache is None:
        cache = {"key": k, "value": v}
    else:
        cache["key"] = np.concatenate([cache["key"], k], axis=-2)
        cache["value"] = np.concatenate([cache["value"], v], axis=-2)
    out, _ = attention(x @ w_query, cache["key"], cache["value"])
    return out, cache
