# what: the argument eps is overlooked and a constant 1e-5 stands in the root.
# names: layer_norm.fixes_eps_at_its_default
import numpy as np

EPSILON = 1e-5


def layer_norm(x, gain, bias, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    diff = x - mean
    var = np.mean(diff**2, axis=-1, keepdims=True)
    return diff / np.sqrt(var + EPSILON) * gain + bias
