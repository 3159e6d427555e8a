# what: in `add_norm`, eps is not passed on to layer_norm, which uses its default
# names: add_norm.keeps_eps_to_itself

import numpy as np

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    return layer_norm(x + sublayer_output, gain, bias)
