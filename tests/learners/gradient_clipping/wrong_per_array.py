# what: the norm of each array by itself
# names: gradient_clipping.clips_each_array_by_itself
import numpy as np


def global_norm(grads):
    return np.sqrt(sum(np.sum(g**2) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    out = {}
    for name, g in grads.items():
        norm = float(np.linalg.norm(g))
        if norm > max_norm:
            g = g * (max_norm / norm)
        out[name] = g
    return out
