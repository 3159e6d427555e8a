import math

import numpy as np


def log_probabilities(logits):
    """Row by row."""
    kind = logits.dtype if logits.dtype.kind == "f" else np.float64
    log_p = np.zeros(logits.shape, dtype=kind)
    for row in np.ndindex(logits.shape[:-1]):
        numbers = [float(v) for v in logits[row]]
        largest = max(numbers)
        total = 0.0
        for number in numbers:
            total = total + math.exp(number - largest)
        for j in range(len(numbers)):
            log_p[row + (j,)] = (numbers[j] - largest) - math.log(total)
    return log_p


def cross_entropy(logits, targets, ignore_id=-100):
    log_p = log_probabilities(logits)
    targets = np.asarray(targets)
    total = 0.0
    count = 0
    for place in np.ndindex(targets.shape):
        target = int(targets[place])
        if target == ignore_id:
            continue
        total = total - float(log_p[place + (target,)])
        count = count + 1
    if count == 0:
        return log_p.dtype.type(float("nan"))
    return log_p.dtype.type(total / count)
