# what: puts rows together along axis 1, which is only the axis of the tokens where there is exactly one batch axis
# names: kv_cache.takes_axis_one_for_the_tokens
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    xq, xk, xv = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        keys = np.concatenate([cache["key"], xk], axis=1)
        values = np.concatenate([cache["value"], xv], axis=1)
    else:
        keys, values = xk, xv
    out, _ = attention(xq, keys, values)
    return out, {"key": keys, "value": values}
