# what: a causal mask of one row
# names: kv_cache.masks_as_if_it_were_the_first
import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    if cache is not None:
        k = np.concatenate([cache["key"], k], axis=-2)
        v = np.concatenate([cache["value"], v], axis=-2)
    mask = np.tril(np.ones((q.shape[-2], k.shape[-2]), dtype=bool))
    out, _ = attention(q, k, v, mask=mask)
    return out, {"key": k, "value": v}
