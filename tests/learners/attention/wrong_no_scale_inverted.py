# slip: in `attention`, the scores are not divided by sqrt(d_k) -> attention.does_not_scale
# slip: in `attention`, the mask is turned round (~mask): True hides a key -> attention.inverts_the_mask

import math

import numpy as np

from exercises.attention.attention_scores import dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    d_k = query.shape[-1]
    scores = dot_scores(query, key)
    weights = masked_softmax(scores, None if mask is None else ~mask)
    return np.matmul(weights, value), weights
