# what: divides the squares by d - 1 (ddof=1), as torch.std does by default, instead of by d.
# names: layer_norm.divides_by_d_minus_one
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    mean = x.sum(axis=-1, keepdims=True) / d
    diff = x - mean
    var = (diff ** 2).sum(axis=-1, keepdims=True) / max(d - 1, 1)
    return diff / np.sqrt(var + eps) * gain + bias
