# what: `g *= factor`
# names: gradient_clipping.scales_in_place
import numpy as np


def global_norm(grads):
    return np.sqrt(sum(np.sum(g**2) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    norm = float(global_norm(grads))
    if norm > max_norm:
        for name in grads:
            grads[name] *= max_norm / norm
    return grads
