# what: returns the merged heads without the last layer
# names: multi_head_attention.forgets_the_last_projection
import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    Q = query @ params["w_query"] + params["b_query"]
    K = key @ params["w_key"] + params["b_key"]
    V = value @ params["w_value"] + params["b_value"]
    if mask is not None:
        mask = np.expand_dims(mask, axis=-3)
    heads, _ = attention(
        split_heads(Q, num_heads), split_heads(K, num_heads), split_heads(V, num_heads), mask=mask
    )
    return merge_heads(heads)
