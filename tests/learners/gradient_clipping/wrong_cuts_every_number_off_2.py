# what: cuts every number off by itself at max_norm, the direction changes
# names: gradient_clipping.cuts_off_each_number
import numpy as np


def global_norm(grads):
    squares = 0
    for g in grads.values():
        squares += (g ** 2).sum()
    return squares ** 0.5


def clip_by_global_norm(grads, max_norm):
    return {name: np.clip(g, -max_norm, max_norm) for name, g in grads.items()}
