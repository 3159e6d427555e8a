# what: in `layer_norm`, the variance is divided by d - 1 (ddof=1) instead of d
# names: layer_norm.divides_by_d_minus_one

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = np.mean(x, axis=-1, keepdims=True)
    variance = np.var(x, axis=-1, ddof=1, keepdims=True)
    normalised = (x - mean) / np.sqrt(variance + eps)
    return gain * normalised + bias
