# what: float64 becomes float32
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    if any(not np.isfinite(g).all() for g in grads.values()):
        return None, scale / 2, 0
    unscaled = {k: g.astype(np.float32) / scale for k, g in grads.items()}
    if good_steps + 1 >= growth_interval:
        return unscaled, scale * 2, 0
    return unscaled, scale, good_steps + 1
