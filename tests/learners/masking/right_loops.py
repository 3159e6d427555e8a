import math

import numpy as np


def causal_mask(n):
    mask = np.zeros((n, n), dtype=bool)
    for i in range(n):
        mask[i, : i + 1] = True
    return mask


def padding_mask(lengths, n):
    mask = np.zeros((len(lengths), 1, n), dtype=bool)
    for b, length in enumerate(lengths):
        mask[b, 0, :length] = True
    return mask


def masked_softmax(scores, mask=None):
    weights = np.zeros_like(scores * 1.0)
    if mask is None:
        mask = np.array([[True]])
    allowed = np.broadcast_to(mask, scores.shape)
    for row in np.ndindex(*scores.shape[:-1]):
        keys = [j for j in range(scores.shape[-1]) if allowed[row][j]]
        if not keys:
            continue
        top = max(float(scores[row][j]) for j in keys)
        total = sum(math.exp(float(scores[row][j]) - top) for j in keys)
        for j in keys:
            weights[row + (j,)] = math.exp(float(scores[row][j]) - top) / total
    return weights
