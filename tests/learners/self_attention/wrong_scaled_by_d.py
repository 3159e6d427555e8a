# what: divides by the root of x's width
# names: self_attention.scales_by_the_width_of_the_words
import math

import numpy as np

from exercises.attention.masking import masked_softmax


def self_attention(x, w_query, w_key, w_value, mask=None):
    n, d = x.shape[-2:]
    q, k, v = x @ w_query, x @ w_key, x @ w_value
    return masked_softmax(q @ np.swapaxes(k, -1, -2) / math.sqrt(d), mask) @ v
