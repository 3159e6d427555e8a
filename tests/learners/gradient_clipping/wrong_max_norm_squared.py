# what: compares the sum of squares with max_norm, and scales by its quotient
# names: gradient_clipping.forgets_the_root
import numpy as np


def global_norm(grads):
    return float(np.sqrt(sum((g**2).sum() for g in grads.values())))


def clip_by_global_norm(grads, max_norm):
    squares = sum(float((g**2).sum()) for g in grads.values())
    scale = max_norm / squares if squares > max_norm else 1.0
    return {k: g * scale for k, g in grads.items()}
