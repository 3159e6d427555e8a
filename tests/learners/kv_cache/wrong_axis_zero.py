# what: np.vstack, which is axis 0
# names: kv_cache.counts_the_axis_from_the_front
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        k = np.concatenate([cache["key"], k], axis=0)
        v = np.concatenate([cache["value"], v], axis=0)
    return attention(q, k, v)[0], {"key": k, "value": v}
