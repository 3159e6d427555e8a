# what: forgets to divide the gradient of the scores by sqrt(d_k)
# names: attention_backward.forgets_the_scale_on_the_way_back
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def softmax_backward(weights, grad):
    wg = weights * grad
    return wg - weights * wg.sum(axis=-1, keepdims=True)


def attention_backward(query, key, value, grad_output, mask=None):
    # forward
    scores = scaled_dot_scores(query, key)
    weights = masked_softmax(scores, mask)

    # backward
    d_value = np.matmul(np.swapaxes(weights, -2, -1), grad_output)
    d_weights = np.matmul(grad_output, np.swapaxes(value, -2, -1))
    d_scores = softmax_backward(weights, d_weights)
    d_query = np.matmul(d_scores, key)
    d_key = np.matmul(np.swapaxes(d_scores, -2, -1), query)
    return d_query, d_key, d_value
