# what: every array is shortened by its own norm, not by the norm of all together
# names: gradient_clipping.clips_each_array_by_itself
import numpy as np


def global_norm(grads):
    return np.sqrt(sum(np.sum(g * g) for g in grads.values()))


def clip_by_global_norm(grads, max_norm):
    clipped = {}
    for name, g in grads.items():
        norm = global_norm({name: g})
        clipped[name] = g * min(1.0, float(max_norm / (norm + 1e-6)))
    return clipped
