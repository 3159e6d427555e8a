# what: eps is added to the standard deviation instead of to the variance inside the root.
# names: layer_norm.adds_eps_outside_the_root
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = np.mean(x, axis=-1, keepdims=True)
    std = np.std(x, axis=-1, keepdims=True)
    return gain * (x - mean) / (std + eps) + bias
