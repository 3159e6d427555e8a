# what: forbidden scores become -1e9, so a query that may attend to nothing weighs all keys alike, and changes values and keys
# names: attention_backward.spreads_an_empty_row
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores


def masked_weights(scores, mask):
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_backward(weights, grad):
    dot = np.sum(weights * grad, axis=-1, keepdims=True)
    return weights * (grad - dot)


def attention_backward(query, key, value, grad_output, mask=None):
    d_k = query.shape[-1]
    weights = masked_weights(scaled_dot_scores(query, key), mask)
    grad_value = np.swapaxes(weights, -1, -2) @ grad_output
    grad_weights = grad_output @ np.swapaxes(value, -1, -2)
    grad_scores = softmax_backward(weights, grad_weights) / d_k ** 0.5
    grad_query = grad_scores @ key
    grad_key = np.swapaxes(grad_scores, -1, -2) @ query
    return grad_query, grad_key, grad_value
