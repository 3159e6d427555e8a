# slip: in `multi_head_attention`, the heads axis of the mask is put at place 1 (mask[:, None]), wrong for a mask without batch axis or with two -> multi_head_attention.counts_the_axes_of_the_mask_from_the_front
# slip: in `multi_head_attention`, V is made from key instead of value -> multi_head_attention.takes_the_values_from_the_key

import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    q = query @ params["w_query"] + params["b_query"]
    k = key @ params["w_key"] + params["b_key"]
    v = key @ params["w_value"] + params["b_value"]
    q = split_heads(q, num_heads)
    k = split_heads(k, num_heads)
    v = split_heads(v, num_heads)
    if mask is not None:
        mask = mask[:, None]
    found, _ = attention(q, k, v, mask)
    return merge_heads(found) @ params["w_output"] + params["b_output"]
