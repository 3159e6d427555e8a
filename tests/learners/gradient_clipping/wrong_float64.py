# what: a float64 of NumPy's as the factor
# names: gradient_clipping.loses_single_precision
import numpy as np


def global_norm(grads):
    return np.sqrt(np.sum([np.sum(g.astype(np.float64) ** 2) for g in grads.values()]))


def clip_by_global_norm(grads, max_norm):
    factor = np.minimum(1.0, max_norm / (global_norm(grads) + 1e-6))
    return {name: g * factor for name, g in grads.items()}
