# what: d_model is not used
# names: warmup.forgets_the_width
import numpy as np


def warmup_rate(step, d_model, warmup_steps):
    return min(1 / np.sqrt(step), step / np.sqrt(warmup_steps) ** 3)
