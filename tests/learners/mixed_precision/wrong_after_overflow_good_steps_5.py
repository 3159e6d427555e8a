# slip: after an overflow the good steps go on from where they were -> mixed_precision.keeps_the_count_after_an_overflow
# slip: every gradient becomes float32, float64 ones too
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    unscaled = {}
    for name, g in grads.items():
        if np.isnan(g).any() or np.isinf(g).any():
            return None, scale / 2, good_steps
        unscaled[name] = (g.astype(np.float64) / scale).astype(np.float32)
    good_steps += 1
    if good_steps == growth_interval:
        scale *= 2
        good_steps = 0
    return unscaled, scale, good_steps
