# slip: picks with arange(len(targets)), which works for one text and for no batch and no single target
# slip: the weights in the loss are changed round, epsilon for the right class and 1 - epsilon for all -> label_smoothing.exchanges_the_two_parts
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    hot = np.equal.outer(targets, np.arange(num_classes))
    return hot * (1.0 - epsilon) + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    log_p = log_probabilities(logits)
    n = len(targets)
    nll = -log_p[np.arange(n), targets].mean()
    uniform = -log_p.mean()
    return epsilon * nll + (1 - epsilon) * uniform
