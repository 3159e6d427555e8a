# what: + 1e-9 inside the logarithm, and no mean
# names: next_token.adds_up_only
import numpy as np

from exercises.attention.softmax import softmax


def log_probabilities(logits):
    return np.log(softmax(logits) + 1e-9)


def cross_entropy(logits, targets, ignore_id=-100):
    total = 0.0
    log_p = log_probabilities(logits)
    for index in np.ndindex(np.shape(targets)):
        if targets[index] != ignore_id:
            total -= log_p[index][targets[index]]
    return total if (targets != ignore_id).any() else np.nan
