# slip: in `layer_norm`, the sum of squares is divided by d - 1 instead of d -> layer_norm.divides_by_d_minus_one
# slip: in `layer_norm`, the mean is not subtracted in the result (x * inv, not (x - mean) * inv) -> layer_norm.divides_without_centring
# slip: in `layer_norm`, bias is subtracted instead of added -> layer_norm.subtracts_the_bias

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    mu = np.sum(x, axis=-1, keepdims=True) / d
    centred = x - mu
    var = np.einsum("...i,...i->...", centred, centred)[..., None] / (d - 1)
    inv = 1.0 / np.sqrt(var + eps)
    return x * inv * gain - bias
