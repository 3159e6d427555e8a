# what: no mean, and nothing taken from the right class
# names: label_smoothing.adds_up_only label_smoothing.takes_nothing_away
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    return np.eye(num_classes)[targets] + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    smooth = np.eye(logits.shape[-1])[targets] * (1 - epsilon) + epsilon / logits.shape[-1]
    return -(smooth * log_probabilities(logits)).sum()
