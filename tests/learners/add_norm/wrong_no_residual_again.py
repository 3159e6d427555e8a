# what: x is never added; only the part's output is normalised.
# names: add_norm.forgets_the_residual
import numpy as np

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    x = sublayer_output
    return layer_norm(x, gain, bias, eps)
