# what: the cache holds the newest token only
# names: kv_cache.keeps_the_newest_only
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    k, v = x @ w_key, x @ w_value
    keys = k if cache is None else np.concatenate([cache["key"], k], axis=-2)
    values = v if cache is None else np.concatenate([cache["value"], v], axis=-2)
    out, _ = attention(x @ w_query, keys, values)
    return out, {"key": k, "value": v}
