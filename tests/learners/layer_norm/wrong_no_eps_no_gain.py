# slip: in `layer_norm`, eps is not used: a vector of equal numbers gives nan -> layer_norm.leaves_eps_out
# slip: in `layer_norm`, gain is not multiplied in -> layer_norm.forgets_the_gain

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    mu = np.sum(x, axis=-1, keepdims=True) / d
    centred = x - mu
    var = np.einsum("...i,...i->...", centred, centred)[..., None] / d
    inv = 1.0 / np.sqrt(var)
    return centred * inv + bias
