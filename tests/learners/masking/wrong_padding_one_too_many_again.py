# what: in `padding_mask`, the comparison is <= instead of <, so one key of the padding is allowed
# names: masking.lets_one_padded_key_through

import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.tril(np.ones((n, n), dtype=bool))


def padding_mask(lengths, n):
    lengths = np.asarray(lengths)
    return (np.arange(n) <= lengths[:, None])[:, None, :]


def masked_softmax(scores, mask=None):
    if mask is None:
        return softmax(scores, axis=-1)
    mask = np.broadcast_to(mask, scores.shape)
    some = mask.any(axis=-1, keepdims=True)
    filled = np.where(mask, scores, -np.inf)
    filled = np.where(some, filled, 0.0)
    return np.where(some, softmax(filled, axis=-1), 0.0).astype(scores.dtype)
