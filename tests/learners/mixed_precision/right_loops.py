import math

import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    unscaled = {}
    for name in grads:
        grad = grads[name]
        wide = np.zeros(grad.shape, np.float64 if grad.dtype == np.float64 else np.float32)
        for index in np.ndindex(grad.shape):
            number = float(grad[index])
            if math.isinf(number) or math.isnan(number):
                return None, scale / 2, 0
            wide[index] = number / scale
        unscaled[name] = wide
    if good_steps + 1 == growth_interval:
        return unscaled, scale * 2, 0
    return unscaled, scale, good_steps + 1
