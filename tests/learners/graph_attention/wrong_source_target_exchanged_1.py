# what: a_source and a_target are exchanged
# names: graph_attention.exchanges_source_and_target
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = (h @ a_source)[:, None] + (h @ a_target)[None, :]
    e = np.where(e > 0, e, slope * e)
    return masked_softmax(e, adjacency) @ h
