# what: the scale is kept after an overflow, and 2000 for any interval
# names: mixed_precision.keeps_a_scale_that_is_too_large mixed_precision.ignores_the_interval
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    if not all(np.isfinite(g).all() for g in grads.values()):
        return None, scale, 0
    out = {n: (np.float32(g) if g.dtype == np.float16 else g) / scale for n, g in grads.items()}
    if good_steps + 1 >= 2000:
        return out, scale * 2, 0
    return out, scale, good_steps + 1
