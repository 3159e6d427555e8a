# what: looks at the sum
# names: mixed_precision.looks_at_the_sum
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    for g in grads.values():
        if not np.isfinite(g.sum()):
            return None, scale / 2, 0
    out = {n: (np.float32(g) if g.dtype == np.float16 else g) / scale for n, g in grads.items()}
    if good_steps + 1 >= growth_interval:
        return out, scale * 2, 0
    return out, scale, good_steps + 1
