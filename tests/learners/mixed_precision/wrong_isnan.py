# what: nan only
# names: mixed_precision.looks_for_nan_only
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    for g in grads.values():
        if np.isnan(g).any():
            return None, scale / 2, 0
    unscaled = {
        k: (g.astype(np.float32) if g.dtype == np.float16 else g) / scale for k, g in grads.items()
    }
    good_steps += 1
    if good_steps == growth_interval:
        return unscaled, scale * 2, 0
    return unscaled, scale, good_steps
