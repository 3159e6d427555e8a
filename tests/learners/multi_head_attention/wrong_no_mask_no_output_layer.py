# what: two mistakes: the mask is ignored, and the merged heads are returned without the output layer.
# names-both: multi_head_attention.forgets_the_last_projection multi_head_attention.ignores_the_mask
import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    query = query @ params["w_query"] + params["b_query"]
    key = key @ params["w_key"] + params["b_key"]
    value = value @ params["w_value"] + params["b_value"]
    output, weights = attention(
        split_heads(query, num_heads), split_heads(key, num_heads), split_heads(value, num_heads)
    )
    return merge_heads(output)
