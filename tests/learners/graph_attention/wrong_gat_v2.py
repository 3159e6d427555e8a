# what: leaky_relu comes before the dot product
# names: graph_attention.bends_before_the_dot_product
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    n = h.shape[0]
    pairs = np.concatenate([np.repeat(h, n, axis=0), np.tile(h, (n, 1))], axis=1)
    pairs = np.where(pairs > 0, pairs, slope * pairs)
    e = (pairs @ np.concatenate([a_target, a_source])).reshape(n, n)
    return masked_softmax(e, adjacency) @ h
