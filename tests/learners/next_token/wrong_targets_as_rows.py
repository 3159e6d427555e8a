# what: log_p[targets]
# names: next_token.takes_targets_for_positions
import numpy as np


def log_probabilities(logits):
    m = logits.max(axis=-1, keepdims=True)
    z = logits - m
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    lp = log_probabilities(logits)
    return -lp[targets].mean()
