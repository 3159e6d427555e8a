import numpy as np


def _row(v):
    e = np.exp(v - v.max())
    return e / e.sum()


softmax = lambda scores, axis=-1: np.asfortranarray(np.apply_along_axis(_row, axis, scores))
