# what: two mistakes: the scores are not scaled, and the own softmax takes no maximum off.
# names-both: attention.does_not_scale masking.never_shifts_but_knows_empty_rows
import numpy as np


def attention(query, key, value, mask=None):
    scores = np.matmul(query, np.swapaxes(key, -1, -2))
    exps = np.exp(scores)
    if mask is not None:
        exps = np.where(mask, exps, 0)
    sums = np.sum(exps, axis=-1, keepdims=True)
    weights = np.divide(exps, sums, out=np.zeros_like(exps), where=sums > 0)
    return np.matmul(weights, value), weights
