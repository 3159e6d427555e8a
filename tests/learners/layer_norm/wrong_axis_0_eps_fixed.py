# slip: in `layer_norm`, mean and variance run over axis 0 instead of the last axis -> layer_norm.normalises_along_the_first_axis
# slip: in `layer_norm`, eps is fixed at 1e-6 and the argument is ignored -> Your `layer_norm` behaves as if `eps` were always 1e-06.

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = np.mean(x, axis=0, keepdims=True)
    variance = np.var(x, axis=0, keepdims=True)
    normalised = (x - mean) / np.sqrt(variance + 1e-6)
    return gain * normalised + bias
