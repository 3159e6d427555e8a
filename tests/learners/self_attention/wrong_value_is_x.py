# what: blends the vectors x themselves; w_value is never used.
# names: self_attention.blends_the_words_themselves
import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    query = x @ w_query
    key = x @ w_key
    return attention(query, key, x, mask)[0]
