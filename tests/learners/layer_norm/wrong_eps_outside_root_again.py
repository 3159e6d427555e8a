# what: in `LayerNorm.forward`, eps is added to the standard deviation, outside the root
# names: layer_norm.adds_eps_outside_the_root

import numpy as np


class LayerNorm:
    def __init__(self, gain, bias, eps):
        self.gain = gain
        self.bias = bias
        self.eps = eps

    def forward(self, x):
        mean = x.mean(-1, keepdims=True)
        std = np.sqrt(x.var(-1, keepdims=True)) + self.eps
        out = (x - mean) / std
        return out * self.gain + self.bias


def layer_norm(x, gain, bias, eps=1e-5):
    return LayerNorm(gain, bias, eps).forward(x)
