# what: in `layer_norm`, mean and variance are taken over the whole array instead of over the last axis
# names: layer_norm.takes_the_statistics_of_the_whole_array

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = np.mean(x, keepdims=True)
    variance = np.var(x, keepdims=True)
    normalised = (x - mean) / np.sqrt(variance + eps)
    return gain * normalised + bias
