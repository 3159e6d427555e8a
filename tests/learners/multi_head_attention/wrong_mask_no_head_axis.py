# what: in `multi_head_attention`, the mask gets no axis of length 1 for the heads, so a mask (batch, 1, n) lines up its batch axis with the heads
# names: multi_head_attention.pairs_the_mask_with_the_heads

import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    q = query @ params["w_query"] + params["b_query"]
    k = key @ params["w_key"] + params["b_key"]
    v = value @ params["w_value"] + params["b_value"]
    q = split_heads(q, num_heads)
    k = split_heads(k, num_heads)
    v = split_heads(v, num_heads)
    found, _ = attention(q, k, v, mask)
    return merge_heads(found) @ params["w_output"] + params["b_output"]
