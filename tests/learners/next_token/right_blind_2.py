import numpy as np


def log_probabilities(logits):
    shifted = logits - np.max(logits, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    # like F.cross_entropy(logits.view(-1, V), targets.view(-1), ignore_index=...)
    flat = log_probabilities(logits).reshape(-1, logits.shape[-1])
    targets = np.reshape(targets, -1)
    counts = np.flatnonzero(targets != ignore_id)
    return -flat[counts, targets[counts]].mean()
