# what: rows are written into np.zeros(x.shape), which is float64 even if x is float32.
# names: layer_norm.loses_single_precision
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    out = np.zeros(x.shape)
    for index in np.ndindex(*x.shape[:-1]):
        row = x[index]
        out[index] = gain * (row - row.mean()) / np.sqrt(row.var() + eps) + bias
    return out
