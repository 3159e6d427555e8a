# what: takes every target from 0 up as one that counts, and never looks at ignore_id
# names: next_token.ignores_what_is_below_zero
import numpy as np


def log_probabilities(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shifted - log_sum


def cross_entropy(logits, targets, ignore_id=-100):
    targets = np.asarray(targets)
    one_hot = targets[..., None] == np.arange(logits.shape[-1])
    mask = targets >= 0
    nll = -np.where(one_hot, log_probabilities(logits), 0).sum(axis=-1)
    return (nll * mask).sum() / mask.sum().astype(nll.dtype)
