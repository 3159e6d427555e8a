# what: .T
# names: attention_backward.transposes_all_axes
import math

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    grad_value = weights.T @ grad_output
    grad_weights = grad_output @ value.T
    grad_scores = softmax_backward(weights, grad_weights) / math.sqrt(query.shape[-1])
    return grad_scores @ key, grad_scores.T @ query, grad_value
