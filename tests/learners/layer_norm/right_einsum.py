import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    centre = x - np.einsum("...d->...", x)[..., None] / d
    variance = np.einsum("...d,...d->...", centre, centre) / d
    scale = (variance + eps) ** -0.5
    return np.einsum("...d,...,d->...d", centre, scale, gain) + bias
