# what: in `causal_mask`, the diagonal is left out (k=-1): a position may not attend to itself
# names: masking.hides_each_position_from_itself

import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.tril(np.ones((n, n), dtype=bool), k=-1)


def padding_mask(lengths, n):
    lengths = np.asarray(lengths)
    return (np.arange(n) < lengths[:, None])[:, None, :]


def masked_softmax(scores, mask=None):
    if mask is None:
        return softmax(scores, axis=-1)
    mask = np.broadcast_to(mask, scores.shape)
    some = mask.any(axis=-1, keepdims=True)
    filled = np.where(mask, scores, -np.inf)
    filled = np.where(some, filled, 0.0)
    return np.where(some, softmax(filled, axis=-1), 0.0).astype(scores.dtype)
