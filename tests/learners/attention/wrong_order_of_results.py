# what: returns (weights, output) instead of (output, weights).
# names: attention.returns_the_weights_first
import math

import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    Q, K, V = query, key, value
    A = masked_softmax(Q @ K.swapaxes(-1, -2) / math.sqrt(K.shape[-1]), mask)
    return A, A @ V
