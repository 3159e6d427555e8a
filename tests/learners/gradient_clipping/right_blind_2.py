import numpy as np


def global_norm(grads):
    return np.linalg.norm([np.linalg.norm(np.ravel(g)) for g in grads.values()])


def clip_by_global_norm(grads, max_norm):
    factor = float(np.minimum(1, max_norm / (global_norm(grads) + 1e-6)))
    return {name: g * factor for name, g in grads.items()}
