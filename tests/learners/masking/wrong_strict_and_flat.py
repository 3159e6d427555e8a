# what: two mistakes: causal_mask forbids a position to see itself, padding_mask is (batch, n)
# names: masking.hides_each_position_from_itself
# names: masking.lacks_the_axis_of_queries
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.tril(np.ones((n, n), dtype=bool), k=-1)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]


def masked_softmax(scores, mask=None):
    if mask is None:
        return softmax(scores)
    weights = softmax(np.where(mask, scores, -np.inf))
    weights[np.isnan(weights)] = 0
    return weights
