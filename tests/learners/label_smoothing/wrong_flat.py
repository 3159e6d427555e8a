# what: a loop over a row of targets, and divides by the first axis
# names: label_smoothing.divides_by_the_length_of_the_first_axis
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    out = np.full((len(targets), num_classes), epsilon / num_classes)
    for i, t in enumerate(targets):
        out[i, t] += 1 - epsilon
    return out


def smoothed_cross_entropy(logits, targets, epsilon):
    v = logits.shape[-1]
    smooth = np.eye(v)[targets] * (1 - epsilon) + epsilon / v
    return -(smooth * log_probabilities(logits)).sum() / logits.shape[0]
