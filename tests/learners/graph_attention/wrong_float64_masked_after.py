# slip: the mask comes after softmax -> graph_attention.hides_after_softmax
# slip: relu in the place of leaky_relu -> graph_attention.cuts_off_below_zero
import numpy as np


def softmax(s):
    s = s - s.max(axis=-1, keepdims=True)
    e = np.exp(s)
    return e / e.sum(axis=-1, keepdims=True)


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = np.maximum((h @ a_target)[:, None] + h @ a_source, 0)
    return (softmax(e) * adjacency) @ h
