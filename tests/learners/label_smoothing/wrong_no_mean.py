# what: a loss for each target
# names: label_smoothing.forgets_the_mean
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    t = np.asarray(targets)
    out = np.full(t.shape + (num_classes,), epsilon / num_classes)
    hot = np.arange(num_classes) == t[..., None]
    return out + (1 - epsilon) * hot


def smoothed_cross_entropy(logits, targets, epsilon):
    lp = log_probabilities(logits)
    s = smooth_targets(targets, logits.shape[-1], epsilon)
    return -(s * lp).sum(-1)
