# what: divides by the root of the number of keys instead of the root of their width
# names: attention.scales_by_the_number_of_keys
import math

import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    n = key.shape[-2]
    weights = masked_softmax(query @ np.swapaxes(key, -1, -2) / math.sqrt(n), mask)
    return weights @ value, weights
