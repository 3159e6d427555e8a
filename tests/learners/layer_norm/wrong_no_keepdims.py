# what: without keepdims the means do not line up with their vectors; only a single vector works.
# names: layer_norm.drops_the_axis_it_averages
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = np.mean(x, axis=-1)
    var = np.var(x, axis=-1)
    return gain * ((x - mean) / np.sqrt(var + eps)) + bias
