# what: minus infinity everywhere in the row of a node without neighbours
# names: graph_attention.makes_nan_of_a_lonely_node
import numpy as np


def softmax(s):
    s = s - s.max(axis=-1, keepdims=True)
    e = np.exp(s)
    return e / e.sum(axis=-1, keepdims=True)


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = (h @ a_target)[:, None] + h @ a_source
    e = np.where(e > 0, e, slope * e)
    e[~adjacency] = -np.inf
    return softmax(e) @ h
