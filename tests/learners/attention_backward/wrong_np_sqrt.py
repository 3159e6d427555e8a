# what: np.sqrt; and a sum without keepdims
# names: attention_backward.loses_single_precision attention_backward.lets_go_of_the_axis
import numpy as np

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return weights * (grad - np.sum(weights * grad, axis=-1))


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    g = grad_output @ value.swapaxes(-1, -2)
    grad_scores = weights * (g - np.sum(weights * g, axis=-1, keepdims=True))
    grad_scores = grad_scores / np.sqrt(query.shape[-1])
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value
