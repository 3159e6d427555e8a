# what: the mean is taken off x itself, so the input is changed.
# names: layer_norm.centres_in_place
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    x -= x.mean(axis=-1, keepdims=True)
    return gain * x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps) + bias
