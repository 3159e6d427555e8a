import numpy as np

from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return (grad - (grad * weights).sum(-1)[..., np.newaxis]) * weights


def attention_backward(query, key, value, grad_output, mask=None):
    """The row sums from the output: sum of w * (g v) is g * output."""
    output, weights = attention(query, key, value, mask)
    delta = (grad_output * output).sum(axis=-1, keepdims=True)
    scale = query.shape[-1] ** 0.5
    grad_scores = weights * (grad_output @ value.swapaxes(-2, -1) - delta)
    grad_query = grad_scores @ (key / scale)
    grad_key = grad_scores.swapaxes(-2, -1) @ (query / scale)
    grad_value = weights.swapaxes(-2, -1) @ grad_output
    return grad_query, grad_key, grad_value
