# what: divides long gradients by their norm alone
# names: gradient_clipping.shortens_to_one
import math

import numpy as np


def global_norm(grads):
    return math.sqrt(sum(float((np.asarray(g, dtype=np.float64) ** 2).sum()) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    n = global_norm(grads)
    if n <= max_norm:
        return dict(grads)
    return {k: g / n for k, g in grads.items()}
