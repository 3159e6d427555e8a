# what: returns x in the place of keys and values
# names: kv_cache.keeps_the_newest_vector
import numpy as np
from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        k = np.concatenate([cache["key"], k], axis=-2)
        v = np.concatenate([cache["value"], v], axis=-2)
    output, _ = attention(q, k, v)
    return output, {"key": x, "value": x}
