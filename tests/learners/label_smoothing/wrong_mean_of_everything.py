# what: np.mean over classes too
# names: label_smoothing.divides_by_the_classes_too
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    one_hot = np.eye(num_classes)[targets]
    return one_hot - epsilon * one_hot + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    return -np.mean(smooth_targets(targets, logits.shape[-1], epsilon) * log_probabilities(logits))
