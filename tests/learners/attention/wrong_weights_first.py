# what: returns (weights, output)
# names: attention.returns_the_weights_first
import math

import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    scale = 1.0 / math.sqrt(query.shape[-1])
    weights = masked_softmax(query @ key.swapaxes(-2, -1) * scale, mask)
    output = weights @ value
    return weights, output
