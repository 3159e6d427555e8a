"""After torch.amp.GradScaler: unscale_, then update."""

import numpy as np


class GradScaler:
    def __init__(self, scale, growth_tracker, growth_factor=2.0, backoff_factor=0.5, growth_interval=2000):
        self._scale = scale
        self._growth_tracker = growth_tracker
        self._growth_factor = growth_factor
        self._backoff_factor = backoff_factor
        self._growth_interval = growth_interval
        self._found_inf = False

    def unscale(self, grads):
        out = {}
        for name, grad in grads.items():
            self._found_inf |= bool(np.any(~np.isfinite(grad)))
            wide = grad.astype(np.float32) if grad.dtype.itemsize == 2 else grad.copy()
            wide /= self._scale
            out[name] = wide
        return None if self._found_inf else out

    def update(self):
        if self._found_inf:
            self._scale *= self._backoff_factor
            self._growth_tracker = 0
        else:
            self._growth_tracker += 1
            if self._growth_tracker >= self._growth_interval:
                self._scale *= self._growth_factor
                self._growth_tracker = 0


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    scaler = GradScaler(scale, good_steps, growth_interval=growth_interval)
    unscaled = scaler.unscale(grads)
    scaler.update()
    return unscaled, scaler._scale, scaler._growth_tracker
