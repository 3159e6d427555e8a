# what: the output is a blend of the keys; the values are never used.
# names: attention.blends_the_keys
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    scores = scaled_dot_scores(query, key)
    weights = masked_softmax(scores, mask=mask)
    context = np.matmul(weights, key)
    return context, weights
