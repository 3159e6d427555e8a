# what: mask[:, None] puts the head axis in the right place only for masks with exactly one batch axis
# names: multi_head_attention.counts_the_axes_of_the_mask_from_the_front
import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    q = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    k = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    v = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    if mask is not None:
        mask = mask[:, np.newaxis]
    context = merge_heads(attention(q, k, v, mask)[0])
    return context @ params["w_output"] + params["b_output"]
