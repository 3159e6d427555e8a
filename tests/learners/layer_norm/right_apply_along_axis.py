import numpy as np


def _norm(v, eps):
    v = v - np.mean(v)
    return v / np.sqrt(np.dot(v, v) / v.size + eps)


def layer_norm(x, gain, bias, eps=1e-5):
    return np.apply_along_axis(_norm, -1, x, eps) * gain + bias
