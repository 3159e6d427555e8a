# what: two mistakes: returns (output, weights), and np.sqrt of an int turns float32 into float64
# names: multi_head_attention.returns_the_weights_too
import numpy as np

from exercises.attention.masking import masked_softmax
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    q = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    k = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    v = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    if mask is not None:
        mask = mask[..., None, :, :]
    weights = masked_softmax(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]), mask)
    return merge_heads(weights @ v) @ params["w_output"] + params["b_output"], weights
