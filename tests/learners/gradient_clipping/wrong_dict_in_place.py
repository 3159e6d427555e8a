# what: new arrays in the caller's dict
# slip: writes into the dict of the caller -> `grads[name] = ...` changes the caller
import math

import numpy as np


def global_norm(grads):
    return math.sqrt(sum(float((np.asarray(g, dtype=np.float64) ** 2).sum()) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    f = min(1.0, max_norm / (global_norm(grads) + 1e-6))
    for k in grads:
        grads[k] = grads[k] * f
    return grads
