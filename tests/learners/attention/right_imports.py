import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    weights = masked_softmax(scaled_dot_scores(query, key), mask)
    return weights @ value, weights
