# what: leaky_relu goes over each of the two numbers before they are added
# names: graph_attention.bends_before_it_adds
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    t, s = h @ a_target, h @ a_source
    t, s = np.where(t > 0, t, slope * t), np.where(s > 0, s, slope * s)
    e = t[:, None] + s[None, :]
    return masked_softmax(e, adjacency) @ h
