# what: no 1e-6, and a number of Python's own
# names: gradient_clipping.divides_by_a_norm_of_zero
import math

import numpy as np


def global_norm(grads):
    return math.sqrt(sum(float((np.asarray(g, dtype=np.float64) ** 2).sum()) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    f = min(1.0, max_norm / global_norm(grads))
    return {k: g * f for k, g in grads.items()}
