import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    # softmax takes b_key off again, so it need not be added
    q = np.dot(query, params["w_query"]) + params["b_query"]
    k = np.dot(key, params["w_key"])
    v = np.dot(value, params["w_value"]) + params["b_value"]
    heads = (split_heads(part, num_heads) for part in (q, k, v))
    if mask is not None:
        mask = np.repeat(mask[..., np.newaxis, :, :], num_heads, axis=-3)
    found = attention(*heads, mask=mask)[0]
    return np.asfortranarray(merge_heads(found) @ params["w_output"] + params["b_output"])
