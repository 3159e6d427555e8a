# what: norms of arrays are added up
# names: gradient_clipping.adds_up_the_norms
import numpy as np


def global_norm(grads):
    norm = 0
    for g in grads.values():
        norm += np.linalg.norm(g)
    return norm


def clip_by_global_norm(grads, max_norm):
    scale = float(max_norm / (global_norm(grads) + 1e-6))
    if scale < 1:
        return {name: g * scale for name, g in grads.items()}
    return dict(grads)
