# what: zeros for what is ignored, then the mean over all
# names: next_token.counts_the_zeros_of_what_is_ignored
import numpy as np


def log_probabilities(logits):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    log_p = log_probabilities(logits)
    keep = targets != ignore_id
    picked = np.take_along_axis(log_p, np.where(keep, targets, 0)[..., None], axis=-1)[..., 0]
    return np.mean(-picked * keep)
