# what: sums in a float64 buffer, so float32 comes back as float64.
# names: add_norm.loses_single_precision
import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    acc = np.zeros(x.shape)
    acc += x
    acc += sublayer_output
    acc -= acc.mean(axis=-1, keepdims=True)
    acc /= np.sqrt((acc**2).mean(axis=-1, keepdims=True) + eps)
    return acc * gain + bias
