# what: an own norm with the unbiased variance (ddof=1).
# names: add_norm.divides_by_d_minus_one
import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    h = x + sublayer_output
    mu = h.mean(axis=-1, keepdims=True)
    ddof = 1 if h.shape[-1] > 1 else 0
    var = h.var(axis=-1, keepdims=True, ddof=ddof)
    return gain * ((h - mu) / np.sqrt(var + eps)) + bias
