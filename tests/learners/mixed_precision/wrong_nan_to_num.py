# what: zeros for what is not finite
# names: mixed_precision.makes_zeros_of_bad_numbers
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    bad = False
    out = {}
    for name, g in grads.items():
        ok = np.isfinite(g)
        bad = bad or not ok.all()
        wide = g.astype(np.float32) if g.dtype == np.float16 else g
        out[name] = np.where(ok, wide, wide.dtype.type(0)) / scale
    if bad:
        return out, scale / 2, 0
    if good_steps + 1 == growth_interval:
        return out, 2 * scale, 0
    return out, scale, good_steps + 1
