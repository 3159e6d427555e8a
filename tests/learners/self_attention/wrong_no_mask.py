# what: the mask is never used
# names: self_attention.ignores_the_mask
import math

from exercises.attention.masking import masked_softmax


def self_attention(x, w_query, w_key, w_value, mask=None):
    q, k, v = x @ w_query, x @ w_key, x @ w_value

    return masked_softmax(q @ k.swapaxes(-1, -2) / math.sqrt(k.shape[-1])) @ v
