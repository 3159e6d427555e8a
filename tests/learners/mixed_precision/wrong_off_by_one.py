# what: compares before counting
# names: mixed_precision.does_not_grow_in_time
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    if not all(np.all(np.isfinite(g)) for g in grads.values()):
        return None, scale / 2, 0
    out = {k: np.asarray(g, np.promote_types(g.dtype, np.float32)) / scale for k, g in grads.items()}
    if good_steps == growth_interval:
        return out, scale * 2, 0
    return out, scale, good_steps + 1
