# what: divides by at least 1, so nothing kept gives 0
# names: next_token.calls_nothing_a_loss_of_zero
import numpy as np


def log_probabilities(logits):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    log_p = log_probabilities(logits)
    keep = targets != ignore_id
    picked = np.take_along_axis(log_p, np.where(keep, targets, 0)[..., None], axis=-1)[..., 0]
    return -(picked * keep).sum() / max(keep.sum(), 1)
