# slip: .T turns all axes round, which is right for tables and wrong for batches
# slip: the scale is 1 / sqrt(d_v), from value instead of query -> attention_backward.takes_the_width_of_the_values
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def softmax_backward(weights, grad):
    inner = (weights * grad).sum(-1, keepdims=True)
    return weights * (grad - inner)


def attention_backward(query, key, value, grad_output, mask=None):
    d = value.shape[-1]
    P = masked_softmax(scaled_dot_scores(query, key), mask)
    dV = P.T @ grad_output
    dP = grad_output @ value.T
    dS = softmax_backward(P, dP) / float(d) ** 0.5
    dQ = dS @ key
    dK = dS.T @ query
    return dQ, dK, dV
