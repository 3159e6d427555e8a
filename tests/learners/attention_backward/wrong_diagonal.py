# what: w * (1 - w) * g
# names: attention_backward.looks_at_one_weight_alone
import math

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return grad * weights * (1 - weights)


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    grad_scores = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2))
    grad_scores = grad_scores / math.sqrt(query.shape[-1])
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value
