import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    overflow = any(np.isnan(g).any() or np.isinf(g).any() for g in grads.values())
    if overflow:
        return None, 0.5 * scale, 0
    inverse = 1.0 / scale
    new = {k: g.astype(np.result_type(g, np.float32)) * inverse for k, g in grads.items()}
    grows = good_steps + 1 >= growth_interval
    return new, scale * (2.0 if grows else 1.0), 0 if grows else good_steps + 1
