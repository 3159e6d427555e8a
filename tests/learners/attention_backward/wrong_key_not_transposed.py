# what: grad_scores @ query
# names: attention_backward.mixes_queries_up_for_the_key
import math

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    grad_scores = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2))
    grad_scores /= math.sqrt(query.shape[-1])
    grad_query = grad_scores @ key
    grad_key = grad_scores @ query
    return grad_query, grad_key, grad_value
