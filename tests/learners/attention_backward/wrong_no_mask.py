# what: the mask is not used
# names: attention_backward.ignores_the_mask
import math

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.softmax import softmax


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    weights = softmax(scaled_dot_scores(query, key))
    grad_scores = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2))
    grad_scores = grad_scores / math.sqrt(query.shape[-1])
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value
