# what: takes key and value from the query's sequence, so cross-attention is lost
# names: multi_head_attention.takes_everything_from_the_query
import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    x = query
    q, k, v = (
        split_heads(x @ params["w_" + name] + params["b_" + name], num_heads)
        for name in ("query", "key", "value")
    )
    m = None if mask is None else mask[..., None, :, :]
    merged = merge_heads(attention(q, k, v, mask=m)[0])
    return merged @ params["w_output"] + params["b_output"]
