# what: adds a causal mask of one query by t + 1 keys, which lets the newest token see the very first one only
# names: kv_cache.masks_as_if_it_were_the_first
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    query = np.matmul(x, w_query)
    key = np.matmul(x, w_key)
    value = np.matmul(x, w_value)
    if cache is not None:
        key = np.concatenate([cache["key"], key], axis=-2)
        value = np.concatenate([cache["value"], value], axis=-2)
    causal = np.tril(np.ones((query.shape[-2], key.shape[-2]), dtype=bool))
    output, _ = attention(query, key, value, mask=causal)
    return output, {"key": key, "value": value}
