# what: the sign of the loss; the shift is lost
# names: next_token.forgets_the_minus next_token.forgets_the_shift
import numpy as np


def log_probabilities(logits):
    m = logits.max(axis=-1, keepdims=True)
    return logits - np.log(np.exp(logits - m).sum(axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    x = logits[targets != ignore_id]
    t = targets[targets != ignore_id]
    if t.size == 0:
        return np.nan
    m = x.max(axis=-1, keepdims=True)
    log_p = x - m - np.log(np.exp(x - m).sum(axis=-1, keepdims=True))
    return log_p[np.arange(t.size), t].mean()
