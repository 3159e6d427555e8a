# slip: in `attention`, the scores are divided by d_k instead of sqrt(d_k) -> attention.divides_by_the_width_itself
# slip: in `attention`, the mask is not passed to masked_softmax -> Your `attention` behaves as if `mask` were never given.

import math

import numpy as np

from exercises.attention.attention_scores import dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    d_k = query.shape[-1]
    scores = dot_scores(query, key) / d_k
    weights = masked_softmax(scores)
    return np.matmul(weights, value), weights
