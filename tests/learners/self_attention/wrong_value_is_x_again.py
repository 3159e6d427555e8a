# what: in `self_attention`, the values are x itself: w_value is not applied
# names: self_attention.blends_the_words_themselves

import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    query = x @ w_query
    key = x @ w_key
    value = x
    output, _ = attention(query, key, value, mask)
    return output
