# what: the part's output is normalised and added to x
# names: add_norm.normalises_before_adding

from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    return x + layer_norm(sublayer_output, gain, bias, eps=eps)
