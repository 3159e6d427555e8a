# what: the variance is divided by d - 1.
# names: layer_norm.divides_by_d_minus_one
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    var = x.var(axis=-1, ddof=1, keepdims=True)
    return gain * (x - mean) / np.sqrt(var + eps) + bias
