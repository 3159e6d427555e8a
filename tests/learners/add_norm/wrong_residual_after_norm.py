# what: in `add_norm`, only the sublayer's output is normalised and x is added after that: x + norm(sublayer_output)
# names: add_norm.normalises_before_adding

import numpy as np

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    return x + layer_norm(sublayer_output, gain, bias, eps)
