import numpy as np


class Overflow(Exception):
    pass


def _check(grad):
    if not np.isfinite(grad.astype(np.float64)).all():
        raise Overflow
    return grad


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    try:
        checked = [(name, _check(grad)) for name, grad in grads.items()]
    except Overflow:
        return None, scale * 0.5, 0
    out = {}
    for name, grad in checked:
        dtype = np.float32 if grad.dtype == "float16" else grad.dtype
        out[name] = (grad.astype(np.float64) / scale).astype(dtype)
    if good_steps < growth_interval - 1:
        return out, scale, good_steps + 1
    return out, scale + scale, 0
