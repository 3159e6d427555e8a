# slip: subtracts the plain mean of the row of weights · g, where the sum is meant -> attention_backward.takes_the_mean_of_the_products
# slip: divides by np.sqrt, which makes float64 of float32 -> attention_backward.loses_single_precision
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def softmax_backward(weights, grad):
    return weights * (grad - np.mean(weights * grad, axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    weights = masked_softmax(scaled_dot_scores(query, key), mask)
    grad_weights = grad_output @ np.moveaxis(value, -1, -2)
    grad_scores = softmax_backward(weights, grad_weights) / np.sqrt(query.shape[-1])
    return (
        grad_scores @ key,
        np.moveaxis(grad_scores, -1, -2) @ query,
        np.moveaxis(weights, -1, -2) @ grad_output,
    )
