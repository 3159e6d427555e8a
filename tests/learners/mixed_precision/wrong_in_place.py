# what: writes into the dict
# names: mixed_precision.divides_in_place
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    if not all(np.isfinite(g).all() for g in grads.values()):
        return None, scale / 2, 0
    for name in grads:
        if grads[name].dtype == np.float16:
            grads[name] = grads[name].astype(np.float32)
        grads[name] = grads[name] / scale
    good_steps += 1
    if good_steps >= growth_interval:
        return grads, scale * 2, 0
    return grads, scale, good_steps
