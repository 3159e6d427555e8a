import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    flat = np.concatenate([np.ravel(g) for g in grads.values()])
    if np.count_nonzero(~np.isfinite(flat)):
        scale, good_steps, result = scale / 2, 0, None
    else:
        result = {name: _divide(g, scale) for name, g in grads.items()}
        good_steps = (good_steps + 1) % growth_interval
        if good_steps == 0:
            scale = 2 * scale
    return result, scale, good_steps


def _divide(g, scale):
    wide = np.float32 if g.dtype.itemsize == 2 else g.dtype
    return np.divide(g, scale, dtype=wide)
