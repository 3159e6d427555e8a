import math

import numpy as np

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    total = np.sum(weights * grad, axis=-1, keepdims=True)
    return weights * (grad - total)


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask=mask)
    grad_value = np.swapaxes(weights, -1, -2) @ grad_output
    grad_weights = grad_output @ np.swapaxes(value, -1, -2)
    grad_scores = softmax_backward(weights, grad_weights)
    grad_scores = grad_scores / math.sqrt(query.shape[-1])
    grad_query = grad_scores @ key
    grad_key = np.swapaxes(grad_scores, -1, -2) @ query
    return grad_query, grad_key, grad_value
