# what: np.clip in the place of scaling
# names: gradient_clipping.cuts_off_each_number
import numpy as np


def global_norm(grads):
    return float(np.sqrt(sum((g**2).sum() for g in grads.values())))


def clip_by_global_norm(grads, max_norm):
    return {k: np.minimum(np.maximum(g, -max_norm), max_norm) for k, g in grads.items()}
