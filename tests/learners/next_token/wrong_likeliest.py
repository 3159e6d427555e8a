# what: the loss of the likeliest token
# names: next_token.measures_the_likeliest
import numpy as np


def log_probabilities(logits):
    m = logits.max(axis=-1, keepdims=True)
    z = logits - m
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    lp = log_probabilities(logits)
    keep = targets != ignore_id
    return -lp.max(-1)[keep].mean()
