import numpy as np


def global_norm(grads):
    total = 0.0
    for g in grads.values():
        total += float(np.sum(g**2))
    return total**0.5


def clip_by_global_norm(grads, max_norm):
    norm = global_norm(grads)
    scale = min(1.0, max_norm / (norm + 1e-6))
    out = {}
    for name, g in grads.items():
        out[name] = g * scale
    return out
