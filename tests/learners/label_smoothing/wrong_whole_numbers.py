# what: 1 - epsilon in an array of whole numbers
# names: label_smoothing.cuts_fractions_off
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    t = np.asarray(targets)
    hot = (np.arange(num_classes) == t[..., None]).astype(int)
    hot[hot == 1] = 1 - epsilon
    return hot + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    lp = log_probabilities(logits)
    s = smooth_targets(targets, logits.shape[-1], epsilon).astype(lp.dtype)
    return -(s * lp).sum(axis=-1).mean()
