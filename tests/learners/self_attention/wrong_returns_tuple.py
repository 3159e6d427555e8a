# what: passes on the pair (output, weights) of attention instead of the output alone.
# names: self_attention.returns_the_weights_too
import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    q, k, v = (np.matmul(x, w) for w in (w_query, w_key, w_value))
    return attention(q, k, v, mask=mask)
