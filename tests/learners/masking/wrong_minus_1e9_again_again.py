# what: in `masked_softmax`, forbidden scores become -1e9 instead of minus infinity, so a row without any allowed key gets equal weights instead of zeros
# names: masking.spreads_empty_rows_evenly

import numpy as np


def causal_mask(n):
    i = np.arange(n)
    return i[:, None] >= i[None, :]


def padding_mask(lengths, n):
    mask = np.zeros((len(lengths), 1, n), dtype=bool)
    for b, length in enumerate(lengths):
        mask[b, 0, :length] = True
    return mask


def masked_softmax(scores, mask=None):
    if mask is None:
        mask = np.ones(scores.shape, dtype=bool)
    hidden = np.where(mask, scores, -1e9)
    top = hidden.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    e = np.exp(hidden - top)
    total = e.sum(axis=-1, keepdims=True)
    return (e / np.where(total == 0, 1.0, total)).astype(scores.dtype)
