# what: multiplies by the root on the way back
# names: attention_backward.multiplies_on_the_way_back
import math

import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def softmax_backward(weights, grad):
    return weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))


def attention_backward(query, key, value, grad_output, mask=None):
    w = masked_softmax(scaled_dot_scores(query, key), mask)
    gv = np.swapaxes(w, -1, -2) @ grad_output
    gw = grad_output @ np.swapaxes(value, -1, -2)
    gs = softmax_backward(w, gw) * math.sqrt(query.shape[-1])
    return gs @ key, np.swapaxes(gs, -1, -2) @ query, gv
