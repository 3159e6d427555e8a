# what: adds only
# names: add_norm.forgets_the_norm


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    return x + sublayer_output
