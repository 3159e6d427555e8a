# what: two mistakes: divides by the variance without a root, and forgets the bias.
# names-both: layer_norm.divides_by_the_variance layer_norm.forgets_the_bias
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    mean = np.mean(x, axis=-1, keepdims=True)
    variance = np.mean((x - mean) ** 2, axis=-1, keepdims=True)
    normalised = (x - mean) / (variance + eps)
    return gain * normalised
