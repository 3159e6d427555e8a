# what: -100 written out; the whole array is summed
# names: next_token.always_ignores_minus_one_hundred next_token.sums_over_everything
import numpy as np


def log_probabilities(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum())


def cross_entropy(logits, targets, ignore_id=-100):
    z = logits - logits.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    keep = targets != -100
    if not np.any(keep):
        return np.nan
    picked = np.take_along_axis(log_p, np.where(keep, targets, 0)[..., None], axis=-1)[..., 0]
    return -picked[keep].mean()
