# what: a list, and a mean under the root
# names: gradient_clipping.returns_a_list gradient_clipping.takes_means_of_squares
import numpy as np


def global_norm(grads):
    return float(np.sqrt(sum(np.mean(g**2) for g in grads.values())))


def clip_by_global_norm(grads, max_norm):
    total = float(np.sqrt(sum(np.sum(g**2) for g in grads.values())))
    factor = min(1.0, max_norm / (total + 1e-6))
    return [g * factor for g in grads.values()]
