import numpy as np


def log_probabilities(logits):
    if logits.ndim > 1:
        return np.stack([log_probabilities(row) for row in logits])
    z = logits.astype(np.float64)
    z = z - z.max()
    return (z - np.log(np.exp(z).sum())).astype(logits.dtype)


def total(logits, targets, ignore_id):
    if logits.ndim == 1:
        return (0.0, 0) if targets == ignore_id else (-log_probabilities(logits)[int(targets)], 1)
    pairs = [total(x, t, ignore_id) for x, t in zip(logits, targets)]
    return sum(p[0] for p in pairs), sum(p[1] for p in pairs)


def cross_entropy(logits, targets, ignore_id=-100):
    loss, count = total(logits, targets, ignore_id)
    return loss / count if count else np.array(np.nan)
