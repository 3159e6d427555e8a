# what: plain cross-entropy
# names: label_smoothing.ignores_epsilon
import numpy as np

from exercises.text.next_token import cross_entropy


def smooth_targets(targets, num_classes, epsilon):
    return np.eye(num_classes)[targets] * (1 - epsilon) + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    return cross_entropy(logits, targets)
