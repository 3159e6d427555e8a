# what: puts the keys together only
# names: kv_cache.forgets_the_values_in_the_cache
import numpy as np
from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        k = np.concatenate([cache["key"], k], axis=-2)
    output, _ = attention(q, k, v)
    return output, {"key": k, "value": v}
