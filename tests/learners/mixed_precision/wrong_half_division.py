# what: divides in float16
# names: mixed_precision.divides_in_half_precision
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    if not all(np.isfinite(g).all() for g in grads.values()):
        return None, scale / 2, 0
    grads = {k: g / scale for k, g in grads.items()}
    grads = {k: g.astype(np.float32) if g.dtype == np.float16 else g for k, g in grads.items()}
    good_steps += 1
    if good_steps >= growth_interval:
        return grads, scale * 2, 0
    return grads, scale, good_steps
