# what: the query is scaled by 1/sqrt(d_k) before attention, which scales once more.
# names: attention.divides_by_the_width_itself
import math

import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    d_k = w_key.shape[1]
    q = (x @ w_query) / math.sqrt(d_k)
    k, v = x @ w_key, x @ w_value
    result = attention(q, k, v, mask)
    return result[0]
