# what: returns the losses of all positions that count
# names: next_token.returns_every_loss
import numpy as np


def log_probabilities(logits):
    m = logits.max(axis=-1, keepdims=True)
    z = logits - m
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    lp = log_probabilities(logits)
    keep = targets != ignore_id
    lp = lp[keep]
    return -lp[np.arange(len(lp)), targets[keep]]
