# what: returns the losses of all positions
# names: next_token.returns_every_loss_and_zeros
import numpy as np


def log_probabilities(logits):
    m = logits.max(axis=-1, keepdims=True)
    z = logits - m
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    lp = log_probabilities(logits)
    keep = targets != ignore_id
    safe = np.where(keep, targets, 0)
    picked = np.take_along_axis(lp, safe[..., None], axis=-1)[..., 0]
    return -np.where(keep, picked, 0)
