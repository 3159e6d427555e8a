# what: the mean of one-hot times log-probabilities
# names: next_token.divides_by_the_vocabulary_too
import numpy as np


def log_probabilities(logits):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    keep = np.asarray(targets) != ignore_id
    rows = log_probabilities(logits)[keep]
    one_hot = np.eye(logits.shape[-1])[np.asarray(targets)[keep]]
    return -(rows * one_hot).mean()
