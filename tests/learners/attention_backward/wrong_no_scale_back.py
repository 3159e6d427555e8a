# what: the scale only forward
# names: attention_backward.forgets_the_scale_on_the_way_back
from exercises.attention.attention import attention


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    _, weights = attention(query, key, value, mask)
    grad_scores = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2))
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value
