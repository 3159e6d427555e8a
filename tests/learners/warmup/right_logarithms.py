import numpy as np


def warmup_rate(step, d_model, warmup_steps):
    falling = -0.5 * np.log(step)
    rising = np.log(step) - 1.5 * np.log(warmup_steps)
    return np.exp(min(falling, rising) - 0.5 * np.log(d_model))
