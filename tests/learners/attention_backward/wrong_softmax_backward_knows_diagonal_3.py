# what: softmax_backward knows the diagonal only, w (1 - w) g, as for a sigmoid
# names: attention_backward.looks_at_one_weight_alone
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def softmax_backward(weights, grad):
    derivative = weights * (1 - weights)
    return derivative * grad


def attention_backward(query, key, value, grad_output, mask=None):
    scale = 1.0 / (key.shape[-1] ** 0.5)
    a = masked_softmax(scaled_dot_scores(query, key), mask)
    grad_v = np.einsum("...qk,...qd->...kd", a, grad_output)
    grad_a = np.einsum("...qd,...kd->...qk", grad_output, value)
    grad_s = softmax_backward(a, grad_a) * scale
    grad_q = np.einsum("...qk,...kd->...qd", grad_s, key)
    grad_k = np.einsum("...qk,...qd->...kd", grad_s, query)
    return grad_q, grad_k, grad_v
