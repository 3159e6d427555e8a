import math

import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    # is there any number that is not finite?
    for name in grads:
        for number in np.ravel(grads[name]):
            if math.isinf(number) or math.isnan(number):
                return None, scale / 2, 0

    unscaled = {}
    for name in grads:
        g = grads[name]
        if g.dtype == np.float16:
            g = g.astype(np.float32)
        unscaled[name] = g / float(scale)

    good_steps = good_steps + 1
    if good_steps == growth_interval:
        return unscaled, scale * 2, 0
    return unscaled, scale, good_steps
