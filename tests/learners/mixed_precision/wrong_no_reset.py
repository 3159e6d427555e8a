# what: goes on counting
# names: mixed_precision.goes_on_counting_after_growth
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    if not all(np.all(np.isfinite(g)) for g in grads.values()):
        return None, scale / 2, 0
    out = {}
    for name, g in grads.items():
        if g.dtype == np.float16:
            g = g.astype(np.float32)
        out[name] = g / scale
    good_steps += 1
    if good_steps % growth_interval == 0:
        scale *= 2
    return out, scale, good_steps
