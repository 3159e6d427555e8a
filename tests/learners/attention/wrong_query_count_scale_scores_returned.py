# slip: in `attention`, the scale takes its d_k from axis -2 of the query, the number of queries
# slip: in `attention`, the second result is the scores before the softmax instead of the weights -> attention.returns_the_scores
# slip: in `attention`, the mask is multiplied onto the weights after the softmax, without sharing out the rest again -> masking.removes_weights_after_the_softmax

import math

import numpy as np

from exercises.attention.attention_scores import dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    d_k = query.shape[-2]
    scores = dot_scores(query, key) / math.sqrt(d_k)
    weights = masked_softmax(scores)
    if mask is not None:
        weights = np.where(mask, weights, 0).astype(scores.dtype)
    return np.matmul(weights, value), scores
