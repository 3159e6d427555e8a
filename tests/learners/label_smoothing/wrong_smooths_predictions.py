# what: smooths what the model says
# names: label_smoothing.smooths_the_predictions
import numpy as np

from exercises.attention.softmax import softmax


def smooth_targets(targets, num_classes, epsilon):
    return np.eye(num_classes)[targets] * (1 - epsilon) + epsilon / num_classes


def smoothed_cross_entropy(logits, targets, epsilon):
    v = logits.shape[-1]
    p = softmax(logits) * (1 - epsilon) + epsilon / v
    one_hot = np.eye(v)[targets]
    return -np.log((p * one_hot).sum(-1)).mean()
