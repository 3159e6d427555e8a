# what: no softmax on the way back
# names: attention_backward.goes_round_softmax
import math

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    grad_weights = grad_output @ value.swapaxes(-1, -2) / math.sqrt(query.shape[-1])
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    return grad_weights @ key, grad_weights.swapaxes(-1, -2) @ query, grad_value
