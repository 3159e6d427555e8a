import numpy as np


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = np.dot(x, w)
    source = h.dot(a_source)
    target = h.dot(a_target)
    e = np.add.outer(target, source)
    e = np.where(e >= 0, e, e * slope)
    e = np.where(adjacency, e, -np.inf)
    top = e.max(axis=1, keepdims=True)
    top[np.isinf(top)] = 0
    alpha = np.exp(e - top)
    total = alpha.sum(axis=1, keepdims=True)
    alpha = alpha / np.where(total == 0, 1, total)
    return alpha @ h
