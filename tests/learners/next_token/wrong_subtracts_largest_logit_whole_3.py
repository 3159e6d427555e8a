# what: subtracts the largest logit of the whole array, not of each row
# names: next_token.shifts_by_the_largest_of_all
import numpy as np


def log_probabilities(logits):
    z = logits - np.max(logits)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    V = logits.shape[-1]
    log_p = log_probabilities(logits).reshape(-1, V)
    t = np.asarray(targets).reshape(-1)
    keep = t != ignore_id
    return -np.mean(log_p[keep][np.arange(keep.sum()), t[keep]])
