# slip: in `LayerNorm.forward`, the variance divides by d - 1 (ddof=1, as torch.std does) -> layer_norm.takes_the_sample_deviation_plus_eps
# slip: in `LayerNorm.forward`, eps is added to the standard deviation, outside the root -> layer_norm.takes_the_sample_deviation_plus_eps

import numpy as np


class LayerNorm:
    def __init__(self, gain, bias, eps):
        self.gain = gain
        self.bias = bias
        self.eps = eps

    def forward(self, x):
        mean = x.mean(-1, keepdims=True)
        std = np.sqrt(x.var(-1, ddof=1, keepdims=True)) + self.eps
        out = (x - mean) / std
        return out * self.gain + self.bias


def layer_norm(x, gain, bias, eps=1e-5):
    return LayerNorm(gain, bias, eps).forward(x)
