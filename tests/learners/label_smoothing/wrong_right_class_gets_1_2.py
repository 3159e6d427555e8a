# what: the right class gets 1 - epsilon and not its own epsilon / V, so rows sum to less than 1
# names: label_smoothing.loses_a_part
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    targets = np.asarray(targets)
    smooth = np.full((*targets.shape, num_classes), epsilon / num_classes)
    np.put_along_axis(smooth, targets[..., np.newaxis], 1 - epsilon, axis=-1)
    return smooth


def smoothed_cross_entropy(logits, targets, epsilon):
    smooth = smooth_targets(targets, logits.shape[-1], epsilon)
    log_p = log_probabilities(logits)
    losses = -(smooth * log_p).sum(axis=-1)
    return losses.mean().astype(log_p.dtype)
