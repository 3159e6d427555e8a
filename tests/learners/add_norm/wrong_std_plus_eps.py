# what: eps is added to the standard deviation, as in the annotated transformer
# names: layer_norm.takes_the_sample_deviation_plus_eps


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    s = x + sublayer_output
    mean, std = s.mean(-1, keepdims=True), s.std(-1, keepdims=True, ddof=1)
    return gain * (s - mean) / (std + eps) + bias
