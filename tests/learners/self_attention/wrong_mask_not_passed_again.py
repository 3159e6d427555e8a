# what: in `self_attention`, the mask is not passed on to attention
# names: self_attention.ignores_the_mask

import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    query = x @ w_query
    key = x @ w_key
    value = x @ w_value
    output, _ = attention(query, key, value)
    return output
