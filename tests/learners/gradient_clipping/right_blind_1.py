import math

import numpy as np


def global_norm(grads):
    total = 0.0
    for name in grads:
        for number in np.ravel(grads[name]):
            total = total + float(number) ** 2
    return math.sqrt(total)


def clip_by_global_norm(grads, max_norm):
    factor = max_norm / (global_norm(grads) + 1e-6)
    if factor > 1:
        factor = 1.0
    clipped = {}
    for name in grads:
        clipped[name] = grads[name] * factor
    return clipped
