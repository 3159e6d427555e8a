# what: two mistakes: the causal mask is an array of 0.0 and 1.0, not bool, and the padding mask lacks the axis of queries.
# names: masking.draws_the_triangle_in_floats
# names: masking.lacks_the_axis_of_queries
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.tril(np.ones((n, n)))


def padding_mask(lengths, n):
    return np.array([[j < l for j in range(n)] for l in lengths])


def masked_softmax(scores, mask=None):
    if mask is None:
        return softmax(scores)
    mask = np.broadcast_to(mask, scores.shape).astype(bool)
    out = np.zeros_like(scores)
    good = mask.any(axis=-1)
    out[good] = softmax(np.where(mask[good], scores[good], -np.inf))
    return out
