# what: keeps x and projects all of it again
# names: kv_cache.keeps_the_vectors
import numpy as np
from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    keys, values = x, x
    if cache is not None:
        keys = np.concatenate([cache["key"], x], axis=-2)
        values = np.concatenate([cache["value"], x], axis=-2)
    output, _ = attention(x @ w_query, keys @ w_key, values @ w_value)
    return output, {"key": keys, "value": values}
