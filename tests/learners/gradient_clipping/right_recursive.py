import numpy as np


def _squares(values):
    if not values:
        return 0.0
    first, *rest = values
    return float(np.einsum("i,i->", first.reshape(-1), first.reshape(-1))) + _squares(rest)


def global_norm(grads):
    return np.sqrt(_squares(list(grads.values())))


def clip_by_global_norm(grads, max_norm):
    factor = 1.0
    norm = float(global_norm(grads))
    if norm > max_norm:
        factor = max_norm / norm
    clipped = dict(grads)
    for name in clipped:
        clipped[name] = clipped[name] * factor
    return clipped
