import numpy as np


def warmup_rate(step, d_model, warmup_steps):
    arg1 = 1.0 / np.sqrt(step)
    arg2 = step * np.power(float(warmup_steps), -1.5)
    return np.minimum(arg1, arg2) / np.sqrt(d_model)
