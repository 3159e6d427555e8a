# slip: the losses of the positions are added up, not averaged -> label_smoothing.adds_up_only
# slip: smooth_targets returns float32 -> label_smoothing.returns_single_precision
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    targets = np.asarray(targets)
    smooth = np.zeros((*targets.shape, num_classes), dtype=np.float32)
    np.put_along_axis(smooth, targets[..., None], 1, axis=-1)
    return smooth * (1 - epsilon) + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    log_p = log_probabilities(logits)
    V = log_p.shape[-1]
    nll = -np.take_along_axis(log_p, np.asarray(targets)[..., None], axis=-1)
    uniform = -log_p.sum(axis=-1, keepdims=True) / V
    return ((1 - epsilon) * nll + epsilon * uniform).sum()
