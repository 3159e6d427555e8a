# what: epsilon / (V - 1) for every class
# names: label_smoothing.divides_by_the_others_only
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    hot = np.eye(num_classes)[targets]
    return (1 - epsilon) * hot + epsilon / (num_classes - 1)


def smoothed_cross_entropy(logits, targets, epsilon):
    lp = log_probabilities(logits)
    s = smooth_targets(targets, logits.shape[-1], epsilon).astype(lp.dtype)
    return -(s * lp).sum(axis=-1).mean()
