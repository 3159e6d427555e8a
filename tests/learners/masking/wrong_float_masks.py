# what: the masks are made of ones and zeros, not of booleans
# names: masking.draws_the_triangle_in_floats
# names: masking.fills_the_rows_with_floats
import numpy as np


def causal_mask(n):
    return np.tril(np.ones((n, n)))


def padding_mask(lengths, n):
    mask = np.zeros((len(lengths), 1, n))
    for b, length in enumerate(lengths):
        mask[b, 0, :length] = 1
    return mask


def masked_softmax(scores, mask=None):
    if mask is None:
        mask = np.ones(scores.shape[-2:])
    masked = np.where(mask == 1, scores, -np.inf)
    top = masked.max(axis=-1, keepdims=True)
    top[np.isinf(top)] = 0
    exps = np.exp(masked - top)
    total = exps.sum(axis=-1, keepdims=True)
    total[total == 0] = 1
    return exps / total
