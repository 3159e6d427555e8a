# what: the identity is added to the graph, as in the paper's data
# names: graph_attention.adds_self_loops
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    adjacency = adjacency + np.eye(len(x), dtype=bool)
    h = x @ w
    e = np.add.outer(h @ a_target, h @ a_source)
    e = np.where(e > 0, e, slope * e)
    return masked_softmax(e, adjacency) @ h
