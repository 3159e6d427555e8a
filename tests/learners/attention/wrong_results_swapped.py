# what: in `attention`, the two results are returned in the wrong order: weights first, then output
# names: attention.returns_the_weights_first

import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    scores = scaled_dot_scores(query, key)
    weights = masked_softmax(scores, mask)
    output = weights @ value
    return weights, output
