import math

import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def softmax_backward(weights, grad):
    part = np.multiply(weights, grad)
    return part - np.add.reduce(part, axis=-1, keepdims=True) * weights


def attention_backward(query, key, value, grad_output, mask=None):
    weights = masked_softmax(scaled_dot_scores(query, key), mask)
    axes = (*range(weights.ndim - 2), -1, -2)
    grad_value = np.matmul(weights.transpose(axes), grad_output)
    grad_weights = np.matmul(grad_output, value.transpose(axes))
    grad_scores = softmax_backward(weights, grad_weights)
    grad_scores = grad_scores * (1.0 / math.sqrt(key.shape[-1]))
    grads = [np.matmul(grad_scores, key), np.matmul(grad_scores.transpose(axes), query)]
    return grads[0], grads[1], grad_value
