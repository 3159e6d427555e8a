# what: forbidden scores are multiplied by 0 instead of set to minus infinity, so they still get weight exp(0).
# names: masking.multiplies_the_scores_by_the_mask
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    out = np.zeros((lengths.shape[0], 1, n), dtype=bool)
    for b in range(lengths.shape[0]):
        out[b, :, : lengths[b]] = True
    return out


def masked_softmax(scores, mask=None):
    if mask is None:
        return softmax(scores)
    visible = scores * mask
    weights = softmax(visible)
    has_key = np.any(mask, axis=-1, keepdims=True)
    return weights * has_key
