# what: each head is scaled by sqrt(d), the full width, instead of sqrt(d_head).
# names: multi_head_attention.scales_by_the_whole_width
import math

import numpy as np

from exercises.attention.masking import masked_softmax
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    d_model = query.shape[-1]
    Q = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    K = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    V = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    scores = Q @ np.swapaxes(K, -1, -2) / math.sqrt(d_model)
    if mask is not None:
        mask = np.expand_dims(mask, axis=-3)
    A = masked_softmax(scores, mask)
    return merge_heads(A @ V) @ params["w_output"] + params["b_output"]
