# slip: leaky_relu around each number -> graph_attention.bends_before_it_adds
# slip: who has no neighbours keeps its features -> graph_attention.keeps_a_lonely_node
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    bend = lambda z: np.where(z > 0, z, slope * z)
    e = bend(h @ a_target)[:, None] + bend(h @ a_source)
    out = masked_softmax(e, adjacency) @ h
    for i in range(len(x)):
        if not adjacency[i].any():
            out[i] = h[i]
    return out
