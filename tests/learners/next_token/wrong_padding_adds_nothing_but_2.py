# what: padding adds nothing, but the sum is divided by the number of all positions
# names: next_token.divides_by_all_positions
import numpy as np


def log_probabilities(logits):
    m = logits.max(-1, keepdims=True)
    return logits - m - np.log(np.exp(logits - m).sum(-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    targets = np.asarray(targets)
    keep = targets != ignore_id
    log_p = log_probabilities(logits)
    if not keep.any():
        return log_p.dtype.type(np.nan)
    ids = np.where(keep, targets, 0)
    loss = -np.take_along_axis(log_p, ids[..., None], -1).squeeze(-1)
    return np.mean(loss * keep)
