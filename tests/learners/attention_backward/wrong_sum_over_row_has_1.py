# what: the sum over the row has no keepdims=True, so it is lined up with the columns
# names: attention_backward.lets_go_of_the_axis
import math

import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def softmax_backward(weights, grad):
    return weights * (grad - (grad * weights).sum(axis=-1))


def attention_backward(query, key, value, grad_output, mask=None):
    weights = masked_softmax(scaled_dot_scores(query, key), mask)
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    grad_weights = grad_output @ value.swapaxes(-1, -2)
    grad_scores = softmax_backward(weights, grad_weights) / math.sqrt(query.shape[-1])
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value
