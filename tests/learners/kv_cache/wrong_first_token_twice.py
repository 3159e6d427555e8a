# what: the first token is its own cache
# names: kv_cache.keeps_the_first_token_twice
import numpy as np
from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is None:
        cache = {"key": k, "value": v}
    k = np.concatenate([cache["key"], k], axis=-2)
    v = np.concatenate([cache["value"], v], axis=-2)
    output, _ = attention(q, k, v)
    return output, {"key": k, "value": v}
