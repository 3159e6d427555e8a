# right: node by node
import numpy as np


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    gives = (h * a_source).sum(axis=1)
    gathers = (h * a_target).sum(axis=1)
    result = np.zeros_like(h)
    for i in range(len(x)):
        near = np.flatnonzero(adjacency[i])
        if near.size == 0:
            continue
        z = gathers[i] + gives[near]
        z = np.maximum(z, 0) + slope * np.minimum(z, 0)
        z = np.exp(z - z.max())
        result[i] = z @ h[near] / z.sum()
    return result
