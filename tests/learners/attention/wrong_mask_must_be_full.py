# what: indexes the scores with ~mask, which works only if the mask has the full shape of the scores, not one that broadcasts.
# names: masking.asks_for_a_mask_of_full_shape
import math

import numpy as np


def attention(query, key, value, mask=None):
    scores = query @ np.swapaxes(key, -2, -1)
    scores = scores / math.sqrt(query.shape[-1])
    if mask is not None:
        scores[~mask] = -np.inf
    biggest = scores.max(-1, keepdims=True)
    biggest[biggest == -np.inf] = 0.0
    scores = np.exp(scores - biggest)
    denom = scores.sum(-1, keepdims=True)
    denom[denom == 0] = 1.0
    weights = scores / denom
    return weights @ value, weights
