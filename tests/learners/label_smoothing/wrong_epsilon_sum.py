# what: epsilon times the sum of log-probabilities
# names: label_smoothing.forgets_to_divide_by_the_classes
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    return np.eye(num_classes)[targets] * (1 - epsilon) + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    log_p = log_probabilities(logits)
    nll = -np.take_along_axis(log_p, np.asarray(targets)[..., None], axis=-1).squeeze(-1)
    smooth_loss = -log_p.sum(axis=-1)
    return np.mean((1.0 - epsilon) * nll + epsilon * smooth_loss)
