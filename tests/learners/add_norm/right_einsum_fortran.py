import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    d = x.shape[-1]
    s = (x + sublayer_output) * 1.0
    s = s - np.einsum("...d->...", s)[..., None] / d
    variance = np.einsum("...d,...d->...", s, s) / d
    y = np.einsum("...d,...->...d", s, 1 / np.sqrt(variance + eps))
    return np.array(y * gain + bias, order="F")
