# what: always scales to max_norm
# names: gradient_clipping.lengthens_short_gradients
import math

import numpy as np


def global_norm(grads):
    return math.sqrt(sum(float(np.square(g).sum()) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    norm = global_norm(grads) + 1e-6
    return {name: g / norm * max_norm for name, g in grads.items()}
