# what: x is added before the norm and behind it
# names: add_norm.adds_x_twice

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    return layer_norm(x + sublayer_output, gain, bias, eps=eps) + x
