# what: multiplies by the transposed matrices, as torch's nn.Linear stores them; it runs only where they are square.
# names: self_attention.multiplies_by_transposed_weights
import numpy as np

from exercises.attention.attention import attention


def linear(x, w):
    return x @ w.T


def self_attention(x, w_query, w_key, w_value, mask=None):
    return attention(linear(x, w_query), linear(x, w_key), linear(x, w_value), mask)[0]
