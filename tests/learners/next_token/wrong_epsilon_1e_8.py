# what: adds 1e-8 before the logarithm
# names: next_token.adds_a_little_before_the_logarithm_1e_8
import numpy as np


def log_probabilities(logits):
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return np.log(e / e.sum(-1, keepdims=True) + 1e-8)


def cross_entropy(logits, targets, ignore_id=-100):
    lp = log_probabilities(logits)
    targets = np.asarray(targets)
    keep = targets != ignore_id
    safe = np.where(keep, targets, 0)
    picked = np.take_along_axis(lp, safe[..., None], axis=-1)[..., 0]
    n = keep.sum()
    if n == 0:
        return lp.dtype.type(np.nan)
    return -(np.where(keep, picked, 0).sum(dtype=lp.dtype)) / lp.dtype.type(n)
