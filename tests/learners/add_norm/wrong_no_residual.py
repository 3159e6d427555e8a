# what: x is lost
# names: add_norm.forgets_the_residual

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    return layer_norm(sublayer_output, gain, bias, eps=eps)
