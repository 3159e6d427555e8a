# what: x += writes the sum into the caller's array
# names: add_norm.adds_to_x_in_place
import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    x += sublayer_output
    mean = x.mean(axis=-1, keepdims=True)
    std = np.sqrt(x.var(axis=-1, keepdims=True) + eps)
    return (x - mean) / std * gain + bias
