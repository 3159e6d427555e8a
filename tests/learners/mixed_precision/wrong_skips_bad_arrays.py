# what: leaves bad arrays out
# names: mixed_precision.leaves_bad_arrays_out
import numpy as np


def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    out, found = {}, False
    for name, g in grads.items():
        if not np.isfinite(g).all():
            found = True
            continue
        out[name] = (g.astype(np.float32) if g.dtype == np.float16 else g) / scale
    if found:
        return out, scale / 2, 0
    good_steps += 1
    if good_steps == growth_interval:
        return out, scale * 2, 0
    return out, scale, good_steps
