# what: ignore_id is never used
# names: next_token.ignores_nothing
import numpy as np


def log_probabilities(logits):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    log_p = log_probabilities(logits).reshape(-1, logits.shape[-1])
    return -log_p[np.arange(len(log_p)), np.ravel(targets)].mean()
