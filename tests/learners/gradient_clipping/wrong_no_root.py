# what: the root is left out
# names: gradient_clipping.forgets_the_root
import numpy as np


def global_norm(grads):
    return sum(float(np.sum(g * g)) for g in grads.values())


def clip_by_global_norm(grads, max_norm):
    factor = min(1, max_norm / (global_norm(grads) + 1e-6))
    return {name: g * factor for name, g in grads.items()}
