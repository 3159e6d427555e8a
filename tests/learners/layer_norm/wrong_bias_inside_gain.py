# what: the bias is added before the gain multiplies: gain * (normalised + bias).
# names: layer_norm.multiplies_the_bias_too
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    normalised = x - x.mean(axis=-1, keepdims=True)
    normalised = normalised / np.sqrt(np.mean(normalised**2, axis=-1, keepdims=True) + eps)
    return gain * (normalised + bias)
