# what: no min(1, ...): short gradients are made longer, up to max_norm
# names: gradient_clipping.lengthens_short_gradients
import math

import numpy as np


def global_norm(grads):
    return math.hypot(*(float(np.linalg.norm(g)) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    factor = max_norm / (global_norm(grads) + 1e-6)
    return {name: factor * g for name, g in grads.items()}
