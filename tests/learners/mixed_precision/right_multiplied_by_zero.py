import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    """x * 0 is nan for whatever is not finite."""
    with np.errstate(invalid="ignore"):
        is_good = all((g * 0 == 0).all() for g in grads.values())
    if is_good:
        unscaled = {n: (g if g.itemsize > 2 else np.float32(g)) / scale for n, g in grads.items()}
        count = good_steps + 1
        if count >= growth_interval:
            return unscaled, scale * 2, 0
        return unscaled, scale, count
    return None, scale / 2, 0
