# what: no weights at all
# names: graph_attention.takes_the_plain_mean
import numpy as np


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    degree = adjacency.sum(axis=1, keepdims=True)
    return ((adjacency @ h) / np.maximum(degree, 1)).astype(x.dtype)
