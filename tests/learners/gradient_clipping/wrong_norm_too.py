# what: returns the norm beside the gradients, as PyTorch does
# names: gradient_clipping.returns_the_norm_as_well
import numpy as np


def global_norm(grads):
    return float(np.sqrt(sum((g**2).sum() for g in grads.values())))


def clip_by_global_norm(grads, max_norm):
    norm = global_norm(grads)
    factor = min(1.0, max_norm / (norm + 1e-6))
    return {name: g * factor for name, g in grads.items()}, norm
