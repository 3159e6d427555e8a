# slip: in `layer_norm`, the division is by variance + eps without the root -> layer_norm.divides_by_the_variance
# slip: in `layer_norm`, the sum of squares is divided by d - 1 instead of d -> layer_norm.divides_by_d_minus_one

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    mu = np.sum(x, axis=-1, keepdims=True) / d
    centred = x - mu
    var = np.einsum("...i,...i->...", centred, centred)[..., None] / (d - 1)
    inv = 1.0 / (var + eps)
    return centred * inv * gain + bias
