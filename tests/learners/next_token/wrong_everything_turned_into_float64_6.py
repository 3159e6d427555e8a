# slip: everything is turned into float64, and comes back as float64 -> next_token.loses_single_precision
# slip: the mean is taken for each text first, then over the texts, so words of short texts count more -> next_token.takes_the_mean_of_means
import numpy as np


def log_probabilities(logits):
    x = np.asarray(logits, dtype=np.float64)
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))


def cross_entropy(logits, targets, ignore_id=-100):
    log_p = log_probabilities(logits)
    targets = np.asarray(targets)
    mask = targets != ignore_id
    nll = -np.take_along_axis(log_p, np.where(mask, targets, 0)[..., None], axis=-1)[..., 0]
    nll, mask = np.atleast_1d(nll), np.atleast_1d(mask)
    counts = mask.sum(axis=-1)
    with np.errstate(all="ignore"):
        per_text = (nll * mask).sum(axis=-1) / counts
    return np.mean(per_text[counts > 0]) if (counts > 0).any() else np.nan
