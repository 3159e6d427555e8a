# what: ddof=1, as torch.std does
# names: add_norm.divides_by_d_minus_one
import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    s = x + sublayer_output
    mean, var = s.mean(-1, keepdims=True), s.var(-1, keepdims=True, ddof=1)
    return gain * (s - mean) / np.sqrt(var + eps) + bias
