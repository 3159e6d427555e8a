# what: no leaky_relu
# names: graph_attention.leaves_leaky_relu_out
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    alpha = masked_softmax(h @ a_source + (h @ a_target)[..., None], adjacency)
    return np.einsum("ij,jd->id", alpha, h)
