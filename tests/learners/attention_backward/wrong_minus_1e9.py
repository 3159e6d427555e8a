# what: -1e9 for what is forbidden
# names: attention_backward.spreads_an_empty_row
import math

import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.softmax import softmax


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    scores = scaled_dot_scores(query, key)
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    p = softmax(scores)
    dv = p.swapaxes(-1, -2) @ grad_output
    ds = softmax_backward(p, grad_output @ value.swapaxes(-1, -2)) / math.sqrt(query.shape[-1])
    return ds @ key, ds.swapaxes(-1, -2) @ query, dv
