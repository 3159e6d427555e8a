# what: divides by the norm, whatever it is
# names: gradient_clipping.makes_everything_as_long_as_one
import math

import numpy as np


def global_norm(grads):
    return math.sqrt(sum(float((np.asarray(g, dtype=np.float64) ** 2).sum()) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    n = global_norm(grads)
    return {k: g / n for k, g in grads.items()}
