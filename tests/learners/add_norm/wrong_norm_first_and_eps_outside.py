# what: two mistakes: x is normalised before the part's output is added, and eps is added to the standard deviation.
# names-both: add_norm.normalises_only_x layer_norm.adds_eps_outside_the_root
import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    m = np.mean(x, axis=-1, keepdims=True)
    s = np.std(x, axis=-1, keepdims=True)
    return gain * (x - m) / (s + eps) + bias + sublayer_output
