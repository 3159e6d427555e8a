# what: the plain mean, and no scale for the key
# names: attention_backward.subtracts_the_plain_mean attention_backward.scales_the_gradient_of_the_query_only
import math

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return weights * (grad - grad.mean(axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    g = grad_output @ value.swapaxes(-1, -2)
    ds = weights * (g - (g * weights).sum(axis=-1, keepdims=True))
    dq = ds @ key / math.sqrt(query.shape[-1])
    dk = ds.swapaxes(-1, -2) @ query
    return dq, dk, weights.swapaxes(-1, -2) @ grad_output
