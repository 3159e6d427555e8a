# what: len(targets), so a table of targets does not fit
# names: label_smoothing.takes_a_single_row_of_targets
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    out = np.full((len(targets), num_classes), epsilon / num_classes)
    out[np.arange(len(targets)), targets] += 1 - epsilon
    return out


def smoothed_cross_entropy(logits, targets, epsilon):
    lp = log_probabilities(logits)
    s = smooth_targets(targets, logits.shape[-1], epsilon).astype(lp.dtype)
    return -(s * lp).sum(axis=-1).mean()
