# what: doubles the scale first, and divides by the new one
# names: mixed_precision.divides_by_the_next_scale
import numpy as np


def widen(g):
    return g.astype(np.float32) if g.dtype == np.float16 else g


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    finite = all(np.isfinite(g).all() for g in grads.values())
    if finite:
        good_steps = good_steps + 1
        if good_steps == growth_interval:
            scale = scale * 2
            good_steps = 0
        return {name: widen(g) / scale for name, g in grads.items()}, scale, good_steps
    return None, scale / 2, 0
