import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    wide = x.astype(np.float64)
    mean = wide.mean(-1, keepdims=True)
    variance = (wide * wide).mean(-1, keepdims=True) - mean * mean
    variance = np.maximum(variance, 0)
    return ((wide - mean) / np.sqrt(variance + eps) * gain + bias).astype(x.dtype)
