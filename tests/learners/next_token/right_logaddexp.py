import numpy as np


def log_probabilities(logits):
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


def cross_entropy(logits, targets, ignore_id=-100):
    V = logits.shape[-1]
    one_hot = np.arange(V) == np.asarray(targets)[..., None]
    one_hot &= (np.asarray(targets) != ignore_id)[..., None]
    count = one_hot.sum()
    if count == 0:
        return float("nan")
    return -np.where(one_hot, log_probabilities(logits), 0).sum() / count
