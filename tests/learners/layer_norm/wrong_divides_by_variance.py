# what: divides by the variance; the root is forgotten.
# names: layer_norm.divides_by_the_variance
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    centered = x - np.average(x, axis=-1)[..., None]
    variance = np.mean(np.square(centered), axis=-1)[..., None]
    return gain * (centered / (variance + eps)) + bias
