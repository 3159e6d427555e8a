# what: normalises axis 1, which is the features only in a 2-D array.
# names: layer_norm.takes_the_second_axis_for_the_features
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    axis = 1 if x.ndim > 1 else 0
    mean = np.mean(x, axis=axis, keepdims=True)
    var = np.var(x, axis=axis, keepdims=True)
    normalised = (x - mean) / np.sqrt(var + eps)
    return normalised * gain + bias
