# what: divides in float16, and turns the quotient into float32 afterwards
# names: mixed_precision.divides_in_half_precision
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    for g in grads.values():
        if not np.all(np.isfinite(g)):
            return None, scale / 2.0, 0
    unscaled = {}
    for name, g in grads.items():
        g = g / scale
        if g.dtype == np.float16:
            g = g.astype(np.float32)
        unscaled[name] = g
    good_steps += 1
    if good_steps >= growth_interval:
        scale, good_steps = scale * 2.0, 0
    return unscaled, scale, good_steps
