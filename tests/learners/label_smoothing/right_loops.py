import math

import numpy as np


def smooth_targets(targets, num_classes, epsilon):
    targets = np.asarray(targets)
    smooth = np.zeros(targets.shape + (num_classes,))
    for index in np.ndindex(targets.shape):
        for c in range(num_classes):
            smooth[index][c] = epsilon / num_classes
        smooth[index][targets[index]] += 1 - epsilon
    return smooth


def smoothed_cross_entropy(logits, targets, epsilon):
    smooth = smooth_targets(targets, logits.shape[-1], epsilon)
    losses = []
    for index in np.ndindex(smooth.shape[:-1]):
        row = logits[index].astype(float)
        top = row.max()
        log_z = top + math.log(sum(math.exp(x - top) for x in row))
        losses.append(-sum(t * (x - log_z) for t, x in zip(smooth[index], row)))
    return sum(losses) / len(losses)
