# what: scales by sqrt(d_model) instead of the head's own width
# names: multi_head_attention.scales_by_the_whole_width
import math

import numpy as np

from exercises.attention.masking import masked_softmax
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    d_model = query.shape[-1]
    q, k, v = (
        split_heads(x @ params["w_" + name] + params["b_" + name], num_heads)
        for x, name in ((query, "query"), (key, "key"), (value, "value"))
    )
    scores = q @ k.swapaxes(-1, -2) / math.sqrt(d_model)
    weights = masked_softmax(scores, None if mask is None else mask[..., None, :, :])
    return merge_heads(weights @ v) @ params["w_output"] + params["b_output"]
