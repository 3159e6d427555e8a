# slip: the root is forgotten, the norm is the sum of the squares -> gradient_clipping.forgets_the_root
# slip: the factor is a float64 number of NumPy, and makes float32 gradients float64 -> gradient_clipping.loses_single_precision
import numpy as np


def global_norm(grads):
    return sum(float(np.vdot(g, g)) for g in grads.values())


def clip_by_global_norm(grads, max_norm):
    factor = np.minimum(1.0, max_norm / (global_norm(grads) + 1e-6))
    return {name: g * factor for name, g in grads.items()}
