# what: x is normalised and the part's output added
# names: add_norm.normalises_only_x

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    return layer_norm(x, gain, bias, eps=eps) + sublayer_output
