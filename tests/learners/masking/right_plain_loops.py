import math

import numpy as np


def causal_mask(n):
    return np.array([[j <= i for j in range(n)] for i in range(n)])


def padding_mask(lengths, n):
    mask = np.zeros((len(lengths), 1, n), dtype=bool)
    for b, length in enumerate(lengths):
        mask[b, 0, :length] = True
    return mask


def masked_softmax(scores, mask=None):
    allowed = np.ones(scores.shape, bool) if mask is None else np.broadcast_to(mask, scores.shape)
    weights = np.zeros_like(scores, dtype=scores.dtype if scores.dtype.kind == "f" else float)
    for row in np.ndindex(*scores.shape[:-1]):
        seen = [j for j in range(scores.shape[-1]) if allowed[row][j]]
        if not seen:
            continue
        top = max(float(scores[row][j]) for j in seen)
        exps = {j: math.exp(float(scores[row][j]) - top) for j in seen}
        for j in seen:
            weights[row + (j,)] = exps[j] / sum(exps.values())
    return weights
