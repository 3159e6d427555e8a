# what: no keepdims at the largest and the sum
# names: next_token.lets_go_of_both_axes
import numpy as np


def log_probabilities(logits):
    z = logits - logits.max(-1)
    return z - np.log(np.exp(z).sum(-1))


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
