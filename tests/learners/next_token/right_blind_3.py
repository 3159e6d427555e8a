import numpy as np


def _log_sum_exp(z):
    # logaddexp of a whole row; its pairs subtract their own maximum
    return np.logaddexp.reduce(z, axis=-1, keepdims=True)


def log_probabilities(logits):
    z = logits - logits.max(axis=-1)[..., None]
    return np.minimum(z - _log_sum_exp(z), 0)


def cross_entropy(logits, targets, ignore_id=-100):
    log_p = log_probabilities(logits)
    targets = np.asarray(targets)
    mask = targets != ignore_id
    safe = np.where(mask, targets, 0)
    nll = -np.take_along_axis(log_p, safe[..., np.newaxis], axis=-1)[..., 0]
    with np.errstate(invalid="ignore"):
        return np.sum(nll, where=mask) / log_p.dtype.type(mask.sum())
