# what: subtracts the mean from the caller's x in place.
# names: layer_norm.centres_in_place
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    x -= x.mean(axis=-1, keepdims=True)
    var = (x * x).mean(axis=-1, keepdims=True)
    return gain * x / np.sqrt(var + eps) + bias
