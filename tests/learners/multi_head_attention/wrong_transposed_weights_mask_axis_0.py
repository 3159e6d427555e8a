# slip: in `linear`, the weight matrix is transposed, as PyTorch stores it (x @ w.T + b) -> multi_head_attention.transposes_the_weights
# slip: in `multi_head_attention`, the heads axis of the mask is put in front (axis 0) instead of before the last two axes -> multi_head_attention.pairs_the_mask_with_the_heads

import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def linear(x, w, b):
    return x @ w.T + b


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    views = []
    for name, source in (("query", query), ("key", key), ("value", value)):
        view = linear(source, params[f"w_{name}"], params[f"b_{name}"])
        views.append(split_heads(view, num_heads))
    head_mask = None if mask is None else np.expand_dims(mask, axis=0)
    output, weights = attention(*views, mask=head_mask)
    merged = merge_heads(output)
    return linear(merged, params["w_output"], params["b_output"])
