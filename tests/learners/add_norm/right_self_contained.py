import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    total = np.add(x, sublayer_output)
    total -= total.mean(axis=-1, keepdims=True)
    variance = np.square(total).mean(axis=-1, keepdims=True)
    return total / np.sqrt(variance + eps) * gain + bias
