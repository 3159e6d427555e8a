# what: an elu around the result
# names: graph_attention.bends_the_result
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = (h @ a_target)[:, None] + h @ a_source
    e = np.maximum(e, slope * e)
    out = masked_softmax(e, adjacency) @ h
    return np.where(out >= 0, out, np.exp(out) - 1)
