# what: computes in float64 "to be safe" and never goes back to the dtype of x.
# names: layer_norm.loses_single_precision
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    x = np.array(x, dtype=np.float64)
    mean, var = x.mean(axis=-1), x.var(axis=-1)
    out = (x - mean[..., np.newaxis]) / np.sqrt(var[..., np.newaxis] + eps)
    return out * gain + bias
