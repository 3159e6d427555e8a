# what: looks for inf only, a nan goes through
# names: mixed_precision.looks_for_infinities_only
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    found_inf = any([np.isinf(g).any() for g in grads.values()])
    if found_inf:
        return None, scale * 0.5, 0
    unscaled = {
        name: (g.astype(np.float32) if g.dtype == np.float16 else g) / scale
        for name, g in grads.items()
    }
    if good_steps + 1 >= growth_interval:
        return unscaled, scale * 2.0, 0
    return unscaled, scale, good_steps + 1
