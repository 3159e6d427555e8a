# slip: the norms of the arrays are added, where their squares should be, and the root be taken -> gradient_clipping.adds_up_the_norms
# slip: without the 1e-6, gradients of nothing but zeros are divided by 0 -> gradient_clipping.divides_by_a_norm_of_zero
import numpy as np


def global_norm(grads):
    norms = [float(np.linalg.norm(g)) for g in grads.values()]
    return sum(norms)


def clip_by_global_norm(grads, max_norm):
    factor = min(1.0, max_norm / global_norm(grads))
    return {key: value * factor for key, value in grads.items()}
