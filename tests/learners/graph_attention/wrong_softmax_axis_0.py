# what: softmax over the nodes that gather
# names: graph_attention.normalises_over_those_who_gather
import numpy as np


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = (h @ a_target)[:, None] + (h @ a_source)[None, :]
    e = np.where(e > 0, e, slope * e)
    e = np.where(adjacency, np.exp(e - e.max()), 0)
    return (e / np.maximum(e.sum(axis=0), 1e-30)).astype(x.dtype) @ h
