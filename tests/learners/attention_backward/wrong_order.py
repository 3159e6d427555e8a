# what: value first
# names: attention_backward.returns_the_value_first
import math

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    scale = math.sqrt(query.shape[-1])
    ds = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2)) / scale
    return weights.swapaxes(-1, -2) @ grad_output, ds.swapaxes(-1, -2) @ query, ds @ key
