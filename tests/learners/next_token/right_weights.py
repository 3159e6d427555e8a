import numpy as np


def log_probabilities(logits):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    targets = np.asarray(targets)
    weights = (targets != ignore_id).astype(logits.dtype)
    ids = np.where(targets == ignore_id, 0, targets)
    flat = log_probabilities(logits).ravel()
    loss = -flat[np.arange(ids.size) * logits.shape[-1] + ids.ravel()]
    with np.errstate(invalid="ignore"):
        return (loss * weights.ravel()).sum() / weights.sum()
