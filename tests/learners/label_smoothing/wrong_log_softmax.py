# what: log of a softmax
# names: label_smoothing.takes_the_logarithm_of_a_softmax
import numpy as np


def smooth_targets(targets, num_classes, epsilon):
    return (1 - epsilon) * np.eye(num_classes)[targets] + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    smooth = smooth_targets(targets, logits.shape[-1], epsilon)
    return -np.sum(smooth * np.log(p), axis=-1).mean()
