# what: the dot products are not divided by sqrt(d_k)
# names: attention.does_not_scale
import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    scores = np.matmul(query, np.swapaxes(key, -2, -1))
    weights = masked_softmax(scores, mask)
    output = np.matmul(weights, value)
    return output, weights
