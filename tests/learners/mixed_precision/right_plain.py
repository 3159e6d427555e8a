import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    for grad in grads.values():
        if not np.all(np.isfinite(grad)):
            return None, scale / 2, 0
    unscaled = {}
    for name, grad in grads.items():
        if grad.dtype == np.float16:
            grad = grad.astype(np.float32)
        unscaled[name] = grad / scale
    good_steps += 1
    if good_steps == growth_interval:
        scale *= 2
        good_steps = 0
    return unscaled, scale, good_steps
