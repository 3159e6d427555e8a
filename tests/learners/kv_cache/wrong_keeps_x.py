# what: keeps the vectors too, and projects all of them again
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    seen = x if cache is None else np.concatenate([cache["x"], x], axis=-2)
    k, v = seen @ w_key, seen @ w_value
    out, _ = attention(x @ w_query, k, v)
    return out, {"x": seen, "key": k, "value": v}
