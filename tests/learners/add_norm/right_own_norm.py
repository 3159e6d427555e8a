import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    total = np.add(x, sublayer_output)
    centre = total - total.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(centre).mean(axis=-1, keepdims=True) + eps)
    out = np.divide(centre, spread)
    out *= gain
    out += bias
    return out
