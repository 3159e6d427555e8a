# what: the padding mask compares with <=, so the first padded key stays visible.
# names: masking.lets_one_padded_key_through
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return ~np.triu(np.ones((n, n), dtype=bool), 1)


def padding_mask(lengths, n):
    return (np.arange(n) <= lengths.reshape(-1, 1))[:, np.newaxis]


def masked_softmax(scores, mask=None):
    if mask is not None:
        m = np.broadcast_to(mask, scores.shape)
        w = softmax(np.where(m | ~m.any(-1, keepdims=True), scores, -np.inf))
        return np.where(m, w, 0)
    return softmax(scores)
