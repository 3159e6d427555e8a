# what: gain and bias are exchanged in the call of layer_norm.
# names: add_norm.exchanges_gain_and_bias
import numpy as np

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    summed = x + sublayer_output
    return layer_norm(summed, bias, gain, eps)
