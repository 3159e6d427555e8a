# what: np.sqrt of an int is a float64 scalar, so float32 comes back as float64
# names: attention.loses_single_precision
import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    d_k = query.shape[-1]
    scores = np.matmul(query, key.swapaxes(-1, -2)) / np.sqrt(d_k)
    attention_weights = masked_softmax(scores, mask)
    return np.matmul(attention_weights, value), attention_weights
