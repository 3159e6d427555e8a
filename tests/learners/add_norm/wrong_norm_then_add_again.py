# what: normalises only what the part returned and adds x after that: x + LayerNorm(sublayer_output).
# names: add_norm.normalises_before_adding
import numpy as np

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    normed = layer_norm(sublayer_output, gain, bias, eps=eps)
    return x + normed
