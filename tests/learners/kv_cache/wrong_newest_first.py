# what: new rows in front
# names: kv_cache.puts_the_newest_first
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        k = np.concatenate([k, cache["key"]], axis=-2)
        v = np.concatenate([v, cache["value"]], axis=-2)
    out, _ = attention(q, k, v)
    return out, {"key": k, "value": v}
