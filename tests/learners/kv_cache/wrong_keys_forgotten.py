# what: puts the values together only
# names: kv_cache.forgets_the_keys_in_the_cache
import numpy as np
from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        v = np.concatenate([cache["value"], v], axis=-2)
    output, _ = attention(q, k, v)
    return output, {"key": k, "value": v}
