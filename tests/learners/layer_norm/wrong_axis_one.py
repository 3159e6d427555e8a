# what: normalises over axis 1, which is the positions as soon as there is a batch axis.
# names: layer_norm.takes_the_second_axis_for_the_features
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    axis = 1 if x.ndim > 1 else 0
    mean = x.mean(axis=axis, keepdims=True)
    var = ((x - mean) ** 2).mean(axis=axis, keepdims=True)
    return gain * (x - mean) / np.sqrt(var + eps) + bias
