# what: keys and values are reshaped with the length of the query, which fails for cross-attention.
import numpy as np

from exercises.attention.attention import attention


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    *lead, n, d = query.shape
    d_head = d // num_heads
    shape = (*lead, n, num_heads, d_head)
    q = np.swapaxes((query @ params["w_query"] + params["b_query"]).reshape(shape), -2, -3)
    k = np.swapaxes((key @ params["w_key"] + params["b_key"]).reshape(shape), -2, -3)
    v = np.swapaxes((value @ params["w_value"] + params["b_value"]).reshape(shape), -2, -3)
    if mask is not None:
        mask = mask[..., None, :, :]
    out, _ = attention(q, k, v, mask)
    out = np.swapaxes(out, -2, -3).reshape(*lead, n, d)
    return out @ params["w_output"] + params["b_output"]
