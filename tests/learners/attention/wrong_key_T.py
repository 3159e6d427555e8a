# what: key.T reverses all axes, right only without batch axes
# names: attention.transposes_the_batch_in_np_dot
import math

import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    scores = np.dot(query, key.T) / math.sqrt(key.shape[-1])
    weights = masked_softmax(scores, mask)
    return np.dot(weights, value), weights
