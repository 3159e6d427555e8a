# what: the mask is accepted but never handed to attention.
# names: self_attention.ignores_the_mask
import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    Q = np.dot(x, w_query)
    K = np.dot(x, w_key)
    V = np.dot(x, w_value)
    output, weights = attention(Q, K, V)
    return output
