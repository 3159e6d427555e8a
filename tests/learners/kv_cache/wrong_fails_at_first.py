# what: does not think of None
# names: kv_cache.expects_a_cache_at_first
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    keys = np.concatenate([cache["key"], k], axis=-2)
    values = np.concatenate([cache["value"], v], axis=-2)
    out, _ = attention(q, keys, values)
    return out, {"key": keys, "value": values}
