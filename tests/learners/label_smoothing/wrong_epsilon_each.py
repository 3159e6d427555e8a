# what: epsilon for each class
# names: label_smoothing.gives_epsilon_to_each
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    one_hot = np.eye(num_classes)[targets]
    return one_hot * (1 - epsilon) + epsilon


def smoothed_cross_entropy(logits, targets, epsilon):
    smooth = smooth_targets(targets, logits.shape[-1], epsilon)
    return -(smooth * log_probabilities(logits)).sum(axis=-1).mean()
