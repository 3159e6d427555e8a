# what: in `add_norm`, the variance divides by d - 1 instead of d
# names: add_norm.divides_by_d_minus_one

import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    total = x + sublayer_output
    mean = total.mean(axis=-1, keepdims=True)
    var = ((total - mean) ** 2).sum(axis=-1, keepdims=True) / (x.shape[-1] - 1)
    return (total - mean) / np.sqrt(var + eps) * gain + bias
