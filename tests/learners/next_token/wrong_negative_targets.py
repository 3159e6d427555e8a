# what: ignores whatever is below 0
# names: next_token.ignores_what_is_below_zero
import numpy as np


def log_probabilities(logits):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    targets = np.asarray(targets)
    keep = targets >= 0
    if keep.sum() == 0:
        return np.nan
    log_p = log_probabilities(logits)[keep]
    return -np.mean(log_p[np.arange(len(log_p)), targets[keep]])
