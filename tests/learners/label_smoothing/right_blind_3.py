import numpy as np

from exercises.text.next_token import log_probabilities


class LabelSmoothing:
    def __init__(self, size, smoothing):
        self.size = size
        self.smoothing = smoothing
        self.rest = smoothing / size
        self.confidence = 1.0 - smoothing + self.rest

    def true_dist(self, target):
        target = np.array(target)[..., None]
        dist = np.full(target.shape[:-1] + (self.size,), self.rest, dtype="float64")
        np.put_along_axis(dist, target, self.confidence, axis=-1)
        return dist

    def __call__(self, log_p, target):
        dist = self.true_dist(target).reshape(-1, self.size)
        rows = log_p.reshape(-1, self.size)
        loss = -np.vdot(dist, rows.astype(np.float64)) / len(rows)
        return loss.astype(log_p.dtype)


def smooth_targets(targets, num_classes, epsilon):
    return LabelSmoothing(num_classes, epsilon).true_dist(targets)


def smoothed_cross_entropy(logits, targets, epsilon):
    return LabelSmoothing(logits.shape[-1], epsilon)(log_probabilities(logits), targets)
