# slip: the scale never goes below 1
# slip: when the scale doubles, the good steps are not counted from 0 again -> mixed_precision.goes_on_counting_after_growth
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    overflow = False
    for g in grads.values():
        overflow = overflow or not np.isfinite(g).all()
    if overflow:
        return None, max(scale / 2, 1.0), 0
    inv_scale = 1.0 / scale
    unscaled = {k: v.astype(np.result_type(v, np.float32)) * inv_scale for k, v in grads.items()}
    good_steps = good_steps + 1
    next_scale = scale
    if good_steps % growth_interval == 0:
        next_scale = scale * 2.0
    return unscaled, next_scale, good_steps
