import math

import numpy as np


def global_norm(grads):
    return math.sqrt(sum(np.vdot(g, g) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    factor = max_norm / max(global_norm(grads), max_norm)
    return dict((name, np.multiply(g, g.dtype.type(factor))) for name, g in grads.items())
