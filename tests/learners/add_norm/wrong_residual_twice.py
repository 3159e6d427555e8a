# what: x is added once more after the norm.
# names: add_norm.adds_x_twice
import numpy as np

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    residual = x
    out = layer_norm(residual + sublayer_output, gain, bias, eps)
    return residual + out
