# what: no shift
# names: next_token.exponentiates_as_it_is
import numpy as np


def log_probabilities(logits):
    return logits - np.log(np.exp(logits).sum(-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    log_p = log_probabilities(logits)
    keep = targets != ignore_id
    if not np.any(keep):
        return np.nan
    safe = np.where(keep, targets, 0)
    picked = np.take_along_axis(log_p, safe[..., None], axis=-1)[..., 0]
    return -picked[keep].mean()
