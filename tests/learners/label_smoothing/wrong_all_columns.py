# what: marks the classes of all rows in every row
# names: label_smoothing.marks_all_targets_in_every_row
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    out = np.full(np.shape(targets) + (num_classes,), epsilon / num_classes)
    out[..., targets] += 1 - epsilon
    return out


def smoothed_cross_entropy(logits, targets, epsilon):
    lp = log_probabilities(logits)
    s = smooth_targets(targets, logits.shape[-1], epsilon).astype(lp.dtype)
    return -(s * lp).sum(axis=-1).mean()
