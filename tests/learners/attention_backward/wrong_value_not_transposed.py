# what: weights @ grad_output
# names: attention_backward.mixes_queries_up_for_the_value
import math

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    scale = math.sqrt(query.shape[-1])
    ds = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2)) / scale
    return ds @ key, ds.swapaxes(-1, -2) @ query, weights @ grad_output
