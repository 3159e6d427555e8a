# what: the maximum includes forbidden scores; when one of them is far above the rest, all weights underflow
# names: masking.lets_forbidden_scores_drown_the_rest
import numpy as np


def causal_mask(n):
    return np.array([[i >= j for j in range(n)] for i in range(n)], dtype=bool)


def padding_mask(lengths, n):
    return np.array([[np.arange(n) < length] for length in lengths])


def masked_softmax(scores, mask=None):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    if mask is not None:
        exps = exps * mask
    total = exps.sum(axis=-1, keepdims=True)
    return exps / np.where(total == 0, 1, total).astype(exps.dtype)
