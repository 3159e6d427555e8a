import math

import numpy as np


def softmax(scores, axis=-1):
    moved = np.moveaxis(scores, axis, -1)
    result = np.zeros(moved.shape, dtype=np.result_type(scores, np.float32) if scores.dtype.kind == "f" else float)
    for index in np.ndindex(moved.shape[:-1]):
        row = [float(s) for s in moved[index]]
        biggest = max(row)
        exps = [math.exp(s - biggest) for s in row]
        total = sum(exps)
        for j, e in enumerate(exps):
            result[index + (j,)] = e / total
    return np.moveaxis(result, -1, axis)
