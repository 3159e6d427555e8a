# what: returns in the loop, and clips each array by itself
# names: gradient_clipping.takes_one_array_only gradient_clipping.clips_each_array_by_itself
import numpy as np


def global_norm(grads):
    total = 0
    for g in grads.values():
        total += np.sum(g**2)
        return float(np.sqrt(total))


def clip_by_global_norm(grads, max_norm):
    clipped = {}
    for name, g in grads.items():
        norm = global_norm({name: g})
        clipped[name] = g * min(1.0, max_norm / (norm + 1e-6))
    return clipped
