# what: uses a constant of its own and ignores the argument eps.
# names: layer_norm.fixes_eps_at_its_default
import numpy as np

EPSILON = 1e-5


def layer_norm(x, gain, bias, eps=1e-5):
    m = x.mean(-1, keepdims=True)
    v = x.var(-1, keepdims=True)
    return ((x - m) / np.sqrt(v + EPSILON)) * gain + bias
