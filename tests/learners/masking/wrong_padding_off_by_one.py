# what: padding_mask lets one padded key through (<= instead of <)
# names: masking.lets_one_padded_key_through
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    rows, cols = np.indices((n, n))
    return cols <= rows


def padding_mask(lengths, n):
    positions = np.arange(n).reshape(1, 1, n)
    return positions <= lengths.reshape(-1, 1, 1)


def masked_softmax(scores, mask=None):
    if mask is None:
        return softmax(scores)
    weights = softmax(np.where(mask, scores, -np.inf))
    return np.nan_to_num(weights, nan=0.0)
