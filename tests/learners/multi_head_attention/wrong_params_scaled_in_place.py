# what: folds the scale into the caller's own parameters in place.
# names: multi_head_attention.scales_the_parameters_in_place
import math

import numpy as np

from exercises.attention.masking import masked_softmax
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    # cheaper to scale the weights than the scores
    root = math.sqrt(query.shape[-1] // num_heads)
    w_q, b_q = params["w_query"], params["b_query"]
    w_q /= root
    b_q /= root
    q = split_heads(query @ w_q + b_q, num_heads)
    k = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    v = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    if mask is not None:
        mask = mask[..., None, :, :]
    weights = masked_softmax(q @ k.swapaxes(-1, -2), mask)
    return merge_heads(weights @ v) @ params["w_output"] + params["b_output"]
