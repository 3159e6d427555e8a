import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    output, _ = attention(x @ w_query, x @ w_key, x @ w_value, mask)
    return output
