# what: the mean runs over positions and classes, so the loss is V times too small
# names: label_smoothing.divides_by_the_classes_too
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    return np.identity(num_classes)[np.asarray(targets)] * (1 - epsilon) + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    log_p = log_probabilities(logits)
    q = smooth_targets(targets, logits.shape[-1], epsilon)
    return -np.mean(q.astype(log_p.dtype) * log_p)
