import math

import numpy as np


def softmax(scores, axis=-1):
    scores = np.asarray(scores)
    dtype = scores.dtype if scores.dtype.kind == "f" else np.float64
    work = np.moveaxis(scores, axis, -1)
    out = np.zeros(work.shape, dtype=dtype)
    for index in np.ndindex(*work.shape[:-1]):
        row = [float(s) for s in work[index]]
        top = max(row)
        exps = []
        for s in row:
            exps.append(math.exp(s - top))
        total = sum(exps)
        for j, e in enumerate(exps):
            out[index + (j,)] = e / total
    return np.moveaxis(out, -1, axis)
