# what: writes its own split and merge by reshape alone, which mixes positions
# names: multi_head_attention.splits_by_reshape_alone
import numpy as np

from exercises.attention.attention import attention


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    *batch, n_query, d = query.shape
    n_key, d_head = key.shape[-2], d // num_heads
    q = (query @ params["w_query"] + params["b_query"]).reshape(*batch, num_heads, n_query, d_head)
    k = (key @ params["w_key"] + params["b_key"]).reshape(*batch, num_heads, n_key, d_head)
    v = (value @ params["w_value"] + params["b_value"]).reshape(*batch, num_heads, n_key, d_head)
    if mask is not None:
        mask = mask[..., None, :, :]
    heads, _ = attention(q, k, v, mask)
    merged = heads.reshape(*batch, n_query, d)
    return merged @ params["w_output"] + params["b_output"]
