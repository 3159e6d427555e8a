# what: the mask is turned into a float64 array of 0 and -inf and added, so float32 scores become float64.
# names: masking.loses_single_precision
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.logical_not(np.triu(np.ones((n, n)), k=1))


def padding_mask(lengths, n):
    return np.arange(n)[np.newaxis, np.newaxis] < lengths[..., np.newaxis, np.newaxis]


def masked_softmax(scores, mask=None):
    if mask is None:
        return softmax(scores)
    bias = np.where(mask, 0.0, -np.inf)
    blind = ~np.broadcast_to(mask, scores.shape).any(axis=-1, keepdims=True)
    logits = np.where(blind, 0.0, scores + bias)
    return np.where(blind, 0.0, softmax(logits))
