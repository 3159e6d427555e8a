# what: looks into the cache of the first token
# names: kv_cache.expects_a_cache_at_first
import numpy as np
from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    k = np.concatenate([cache["key"], k], axis=-2)
    v = np.concatenate([cache["value"], v], axis=-2)
    output, _ = attention(q, k, v)
    return output, {"key": k, "value": v}
