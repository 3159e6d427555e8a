# what: the maximum is taken over forbidden keys too, so a row whose allowed scores lie far below a forbidden one underflows to zeros.
# names: masking.lets_forbidden_scores_drown_the_rest
import numpy as np


def causal_mask(n):
    return np.tri(n).astype(bool)


def padding_mask(lengths, n):
    return (np.arange(n)[None] < lengths[:, None]).reshape(len(lengths), 1, n)


def masked_softmax(scores, mask=None):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    if mask is not None:
        e = e * mask
    s = np.sum(e, axis=-1, keepdims=True)
    return np.divide(e, s, out=np.zeros_like(e), where=s != 0)
