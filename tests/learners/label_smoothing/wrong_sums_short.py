# what: 1 - epsilon and epsilon / V
# names: label_smoothing.loses_a_part
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    one_hot = np.eye(num_classes)[targets]
    return one_hot * (1 - epsilon) + (1 - one_hot) * epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    log_p = log_probabilities(logits)
    one_hot = np.eye(logits.shape[-1])[targets]
    smooth = one_hot * (1 - epsilon) + epsilon / logits.shape[-1]
    return -(smooth * log_p).sum(-1).mean()
