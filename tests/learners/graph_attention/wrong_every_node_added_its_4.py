# slip: every node is added to its own neighbours -> graph_attention.adds_self_loops
# slip: the slope is always 0.01 -> graph_attention.takes_the_slope_of_torch
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = (h @ a_target)[:, None] + (h @ a_source)[None, :]
    e = np.where(e > 0, e, 0.01 * e)
    return masked_softmax(e, adjacency | np.eye(len(x), dtype=bool)) @ h
