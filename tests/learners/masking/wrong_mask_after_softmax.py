# what: sets the weights of forbidden keys to zero after the softmax, so rows no longer sum to 1
# names: masking.removes_weights_after_the_softmax
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.tri(n, n, dtype=bool)


def padding_mask(lengths, n):
    mask = np.zeros((len(lengths), 1, n), dtype=bool)
    for i in range(len(lengths)):
        mask[i, :, : lengths[i]] = True
    return mask


def masked_softmax(scores, mask=None):
    weights = softmax(scores)
    if mask is not None:
        weights = weights * mask
    return weights
