# what: max for min, and the largest norm of an array
# names: gradient_clipping.takes_the_longest gradient_clipping.takes_the_larger_factor
import numpy as np


def global_norm(grads):
    return float(max(np.linalg.norm(g) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    total = float(np.sqrt(sum((g**2).sum() for g in grads.values())))
    factor = max(1.0, max_norm / (total + 1e-6))
    return {name: g * factor for name, g in grads.items()}
