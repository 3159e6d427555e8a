# what: multiplies the gradients in place, what came in is changed
# names: gradient_clipping.scales_in_place
import numpy as np


def global_norm(grads):
    total_norm = 0
    for grad in grads.values():
        total_norm += np.sum(grad ** 2)
    return np.sqrt(total_norm)


def clip_by_global_norm(grads, max_norm):
    rate = float(max_norm / (global_norm(grads) + 1e-6))
    if rate < 1:
        for grad in grads.values():
            grad *= rate
    return dict(grads)
