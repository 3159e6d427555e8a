# what: -9e15 for what is no edge
# names: graph_attention.gathers_from_all_where_there_is_nobody
import numpy as np


def softmax(s):
    s = s - s.max(axis=-1, keepdims=True)
    e = np.exp(s)
    return e / e.sum(axis=-1, keepdims=True)


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    e = (h @ a_target).reshape(-1, 1) + (h @ a_source).reshape(1, -1)
    e = np.where(e > 0, e, slope * e)
    zero_vec = -9e15 * np.ones_like(e)
    attention = softmax(np.where(adjacency, e, zero_vec))
    return np.matmul(attention, h)
