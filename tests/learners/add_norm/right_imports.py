from exercises.transformer.layer_norm import layer_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    x = x + sublayer_output
    return layer_norm(x, gain, bias, eps=eps)
