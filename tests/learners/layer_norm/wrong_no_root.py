# what: in `layer_norm`, the division is by variance + eps, without the square root
# names: layer_norm.divides_by_the_variance

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    mu = np.sum(x, axis=-1, keepdims=True) / d
    centred = x - mu
    var = np.einsum("...i,...i->...", centred, centred)[..., None] / d
    inv = 1.0 / (var + eps)
    return centred * inv * gain + bias
