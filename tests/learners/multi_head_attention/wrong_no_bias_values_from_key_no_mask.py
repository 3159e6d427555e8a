# slip: in `linear`, the bias is not added -> multi_head_attention.forgets_all_biases
# slip: in `multi_head_attention`, the values are made from key instead of value -> multi_head_attention.takes_the_values_from_the_key
# slip: in `multi_head_attention`, the mask is not passed on to attention -> multi_head_attention.ignores_the_mask

import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def linear(x, w, b):
    return x @ w


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    views = []
    for name, source in (("query", query), ("key", key), ("value", key)):
        view = linear(source, params[f"w_{name}"], params[f"b_{name}"])
        views.append(split_heads(view, num_heads))
    head_mask = None if mask is None else np.expand_dims(mask, axis=-3)
    output, weights = attention(*views)
    merged = merge_heads(output)
    return linear(merged, params["w_output"], params["b_output"])
