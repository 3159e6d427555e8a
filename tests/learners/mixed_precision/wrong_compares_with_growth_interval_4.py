# what: compares with growth_interval before this step is counted, so the scale doubles one step late
# names: mixed_precision.does_not_grow_in_time
import numpy as np


class Scale:
    def __init__(self, value, good):
        self.value, self.good = value, good

    def next(self, overflow, interval):
        if overflow:
            return self.value / 2, 0
        if self.good >= interval:
            return self.value * 2, 0
        return self.value, self.good + 1


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    overflow = not all(np.isfinite(g).all() for g in grads.values())
    next_scale, next_good = Scale(scale, good_steps).next(overflow, growth_interval)
    if overflow:
        return None, next_scale, next_good
    unscaled = {}
    for name, g in grads.items():
        kind = np.float32 if g.dtype == np.float16 else g.dtype
        unscaled[name] = g.astype(kind) / float(scale)
    return unscaled, next_scale, next_good
