# what: the pairs are put together in the order of columns, as in copies of pyGAT
# slip: source and target are exchanged -> graph_attention.exchanges_source_and_target
# slip: the slope is fixed -> graph_attention.fixes_the_slope
# slip: scores are divided by a root -> graph_attention.divides_by_the_root_of_the_width
import numpy as np

from exercises.attention.masking import masked_softmax


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    h = x @ w
    n, d = h.shape
    pairs = np.concatenate([np.tile(h, (n, 1)), np.repeat(h, n, axis=0)], axis=1)
    e = (pairs @ np.concatenate([a_target, a_source])).reshape(n, n) / d**0.5
    return masked_softmax(np.where(e > 0, e, 0.2 * e), adjacency) @ h
