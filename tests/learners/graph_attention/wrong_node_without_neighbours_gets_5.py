# slip: a node without neighbours gets the mean of all (mask by -9e15) -> graph_attention.gathers_from_all_where_there_is_nobody
# slip: an elu follows -> graph_attention.bends_the_result
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = (h @ a_target)[:, None] + (h @ a_source)[None, :]
    e = np.where(e > 0, e, slope * e)
    e = np.where(adjacency, e, np.array(-9e15, e.dtype))
    e = np.exp(e - e.max(axis=1, keepdims=True))
    out = e / e.sum(axis=1, keepdims=True) @ h
    return np.where(out > 0, out, np.expm1(np.minimum(out, 0)))
