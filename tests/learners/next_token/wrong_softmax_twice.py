# what: log_probabilities of probabilities
# names: next_token.takes_the_softmax_twice
import numpy as np

from exercises.attention.softmax import softmax


def log_probabilities(logits):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    log_p = log_probabilities(softmax(logits))
    keep = np.asarray(targets) != ignore_id
    if not keep.any():
        return np.nan
    rows = log_p[keep]
    return -rows[np.arange(len(rows)), np.asarray(targets)[keep]].mean()
