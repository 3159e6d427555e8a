# slip: the slope is PyTorch's default -> graph_attention.takes_the_slope_of_torch
# slip: edges are followed backwards -> graph_attention.follows_edges_backwards
import numpy as np

from exercises.attention.masking import masked_softmax


def leaky_relu(z, negative_slope=0.01):
    return np.where(z > 0, z, negative_slope * z)


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = leaky_relu((h @ a_target)[:, None] + h @ a_source)
    return masked_softmax(e, adjacency.T) @ h
