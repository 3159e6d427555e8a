# what: V - 2, and a Kullback-Leibler divergence
# names: label_smoothing.leaves_two_classes_out label_smoothing.subtracts_the_entropy
import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    one_hot = np.eye(num_classes)[targets]
    share = epsilon / (num_classes - 2) if num_classes > 2 else epsilon
    return np.where(one_hot > 0, 1.0 - epsilon, share)


def smoothed_cross_entropy(logits, targets, epsilon):
    v = logits.shape[-1]
    smooth = np.eye(v)[targets] * (1 - epsilon) + epsilon / v
    log_t = np.log(smooth, out=np.zeros_like(smooth), where=smooth > 0)
    return np.sum(smooth * (log_t - log_probabilities(logits)), axis=-1).mean()
