# what: the values are projected from the key sequence; the argument value is never used.
# names: multi_head_attention.takes_the_values_from_the_key
import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    q = query @ params["w_query"] + params["b_query"]
    k = key @ params["w_key"] + params["b_key"]
    v = key @ params["w_value"] + params["b_value"]
    q, k, v = (split_heads(t, num_heads) for t in (q, k, v))
    out, _ = attention(q, k, v, None if mask is None else mask[..., None, :, :])
    return merge_heads(out) @ params["w_output"] + params["b_output"]
