# what: attends to the cache before the newest token is in it
# names: kv_cache.leaves_itself_out
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is None:
        return attention(q, k, v)[0], {"key": k, "value": v}
    out, _ = attention(q, cache["key"], cache["value"])
    new = {
        "key": np.concatenate([cache["key"], k], axis=-2),
        "value": np.concatenate([cache["value"], v], axis=-2),
    }
    return out, new
