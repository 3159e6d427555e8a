# slip: in `layer_norm`, mean and variance run over axis 0 instead of the last axis
# slip: in `layer_norm`, eps is added outside the root, to the standard deviation -> layer_norm.adds_eps_outside_the_root
# slip: in `layer_norm`, bias is not added -> layer_norm.forgets_the_bias

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = np.mean(x, axis=0, keepdims=True)
    variance = np.var(x, axis=0, keepdims=True)
    normalised = (x - mean) / (np.sqrt(variance) + eps)
    return gain * normalised
