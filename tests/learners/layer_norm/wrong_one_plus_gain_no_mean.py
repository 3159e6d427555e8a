# slip: in `LayerNorm.forward`, the factor is 1 + gain instead of gain -> layer_norm.adds_one_to_the_gain
# slip: in `LayerNorm.forward`, the mean is not subtracted in the numerator -> layer_norm.divides_without_centring

import numpy as np


class LayerNorm:
    def __init__(self, gain, bias, eps):
        self.gain = gain
        self.bias = bias
        self.eps = eps

    def forward(self, x):
        mean = x.mean(-1, keepdims=True)
        std = np.sqrt(x.var(-1, keepdims=True) + self.eps)
        out = x / std
        return out * (1 + self.gain) + self.bias


def layer_norm(x, gain, bias, eps=1e-5):
    return LayerNorm(gain, bias, eps).forward(x)
