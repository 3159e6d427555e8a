import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    if not all(np.isfinite(g).all() for g in grads.values()):
        return None, scale / 2, 0
    # float16 and float32 give float32, float64 stays
    unscaled = {k: np.true_divide(g, scale, dtype=np.result_type(g, np.float32)) for k, g in grads.items()}
    if good_steps + 1 < growth_interval:
        return unscaled, scale, good_steps + 1
    return unscaled, 2 * scale, 0
