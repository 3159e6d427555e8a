# slip: attends to the tokens before it only, the newest one does not see itself -> kv_cache.leaves_itself_out
# slip: the new cache is float64, from np.zeros
import numpy as np

from exercises.attention.attention import attention


def grow(old, row):
    """Room for one more row."""
    t = 0 if old is None else old.shape[-2]
    bigger = np.zeros((*row.shape[:-2], t + 1, row.shape[-1]))
    if old is not None:
        bigger[..., :t, :] = old
    bigger[..., t, :] = row[..., 0, :]
    return bigger


def decode_step(x, cache, w_query, w_key, w_value):
    query, key, value = x @ w_query, x @ w_key, x @ w_value
    if cache is None:
        output, _ = attention(query, key, value)
        return output, {"key": grow(None, key), "value": grow(None, value)}
    past_key = cache["key"].astype(x.dtype)
    past_value = cache["value"].astype(x.dtype)
    output, _ = attention(query, past_key, past_value)
    return output, {"key": grow(cache["key"], key), "value": grow(cache["value"], value)}
