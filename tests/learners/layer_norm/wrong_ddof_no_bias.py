# slip: in `layer_norm`, the variance divides by d - 1 (ddof=1) instead of d -> layer_norm.divides_by_d_minus_one
# slip: in `layer_norm`, bias is not added -> layer_norm.forgets_the_bias

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = np.mean(x, axis=-1, keepdims=True)
    variance = np.var(x, axis=-1, keepdims=True, ddof=1)
    normalised = (x - mean) / np.sqrt(variance + eps)
    return gain * normalised
