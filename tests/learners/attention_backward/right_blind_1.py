import math

import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def softmax_backward(weights, grad):
    """One row after the other."""
    result = np.empty_like(weights)
    for row in np.ndindex(weights.shape[:-1]):
        w = weights[row]
        g = grad[row]
        mean = 0
        for i in range(len(w)):
            mean = mean + w[i] * g[i]
        for i in range(len(w)):
            result[row + (i,)] = w[i] * (g[i] - mean)
    return result


def attention_backward(query, key, value, grad_output, mask=None):
    root = math.sqrt(query.shape[-1])
    weights = masked_softmax(scaled_dot_scores(query, key), mask)
    grad_query = np.zeros_like(query)
    grad_key = np.zeros_like(key)
    grad_value = np.zeros_like(value)
    for b in np.ndindex(query.shape[:-2]):
        # what follows is for one sequence, without batch axes
        grad_value[b] = weights[b].T @ grad_output[b]
        grad_weights = grad_output[b] @ value[b].T
        grad_scores = softmax_backward(weights[b], grad_weights) / root
        for i in range(query.shape[-2]):
            for j in range(key.shape[-2]):
                grad_query[b][i] += grad_scores[i, j] * key[b][j]
                grad_key[b][j] += grad_scores[i, j] * query[b][i]
    return grad_query, grad_key, grad_value
