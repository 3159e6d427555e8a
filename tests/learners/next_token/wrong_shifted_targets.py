# what: moves logits and targets by one itself
# names: next_token.moves_the_targets_itself
import numpy as np


def log_probabilities(logits):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    if targets.ndim and targets.shape[-1] > 1:
        logits, targets = logits[..., :-1, :], targets[..., 1:]
    log_p = log_probabilities(logits)
    keep = targets != ignore_id
    if not np.any(keep):
        return np.nan
    picked = np.take_along_axis(log_p, np.where(keep, targets, 0)[..., None], axis=-1)[..., 0]
    return -picked[keep].mean()
