import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    x = x * 1.0
    away = np.eye(d, dtype=x.dtype) - np.full((d, d), 1 / d, dtype=x.dtype)
    centred = x @ away
    power = np.einsum("...d,...d->...", centred, centred) / d
    return np.asfortranarray(np.einsum("...d,...,d->...d", centred, (power + eps) ** -0.5, gain) + bias)
