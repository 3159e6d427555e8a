import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    d = x.shape[-1]
    centre = np.eye(d, dtype=x.dtype) - np.full((d, d), 1 / d, dtype=x.dtype)
    centred = (x + sublayer_output) @ centre
    variance = np.einsum("...d,...d->...", centred, centred)[..., None] / d
    return np.einsum("...d,d->...d", centred / np.sqrt(variance + eps), gain) + bias
