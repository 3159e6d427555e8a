# what: returns the output without the weights
# names: attention.returns_the_output_only
import math

import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    scores = np.einsum("...id,...jd->...ij", query, key) / math.sqrt(query.shape[-1])
    return np.einsum("...ij,...jd->...id", masked_softmax(scores, mask), value)
