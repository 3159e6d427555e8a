# what: hands values and keys to attention in the wrong order
# names: kv_cache.exchanges_keys_and_values
import numpy as np
from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        k = np.concatenate([cache["key"], k], axis=-2)
        v = np.concatenate([cache["value"], v], axis=-2)
    output, _ = attention(q, v, k)
    return output, {"key": k, "value": v}
