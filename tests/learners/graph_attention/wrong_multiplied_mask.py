# what: scores of what is no edge are multiplied by 0
# names: graph_attention.hides_with_a_zero
import numpy as np


def softmax(s):
    s = s - s.max(axis=-1, keepdims=True)
    e = np.exp(s)
    return e / e.sum(axis=-1, keepdims=True)


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = (h @ a_target)[:, None] + (h @ a_source)[None, :]
    e = np.where(e > 0, e, slope * e)
    return softmax(e * adjacency.astype(x.dtype)) @ h
