# what: scales the caller's query in place
# names: attention.scales_the_query_in_place
import math

import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    query /= math.sqrt(query.shape[-1])
    weights = masked_softmax(query @ key.swapaxes(-1, -2), mask)
    return weights @ value, weights
