import math

import numpy as np


def log_probabilities(logits):
    out = np.empty_like(logits)
    for index in np.ndindex(logits.shape[:-1]):
        row = logits[index]
        top = max(row)
        total = sum(math.exp(v - top) for v in row)
        for j, v in enumerate(row):
            out[index + (j,)] = v - top - math.log(total)
    return out


def cross_entropy(logits, targets, ignore_id=-100):
    losses = []
    for index in np.ndindex(logits.shape[:-1]):
        target = int(targets[index])
        if target != ignore_id:
            losses.append(-log_probabilities(logits[index])[target])
    return sum(losses) / len(losses) if losses else math.nan
