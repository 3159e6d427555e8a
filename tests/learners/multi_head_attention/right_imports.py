import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    q = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    k = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    v = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    if mask is not None:
        mask = mask[..., None, :, :]
    found, _ = attention(q, k, v, mask)
    return merge_heads(found) @ params["w_output"] + params["b_output"]
