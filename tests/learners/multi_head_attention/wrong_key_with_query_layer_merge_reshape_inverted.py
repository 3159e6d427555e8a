# slip: in `multi_head_attention`, K is made by the query's layer, w_query and b_query, instead of w_key and b_key -> multi_head_attention.projects_keys_with_the_weights_of_queries
# slip: in `multi_head_attention`, the heads are merged by reshape alone, without exchanging the heads axis and the position axis -> multi_head_attention.merges_by_reshape_alone
# slip: in `multi_head_attention`, the mask is turned round: True hides a key -> attention.inverts_the_mask

import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    q = query @ params["w_query"] + params["b_query"]
    k = key @ params["w_query"] + params["b_query"]
    v = value @ params["w_value"] + params["b_value"]
    q = split_heads(q, num_heads)
    k = split_heads(k, num_heads)
    v = split_heads(v, num_heads)
    if mask is not None:
        mask = ~mask[..., None, :, :]
    found, _ = attention(q, k, v, mask)
    return found.reshape(query.shape) @ params["w_output"] + params["b_output"]
