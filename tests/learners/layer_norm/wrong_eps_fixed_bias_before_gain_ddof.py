# slip: in `LayerNorm.__init__`, eps is fixed at 1e-6 instead of taken from the argument -> Your `layer_norm` behaves as if `eps` were always 1e-06.
# slip: in `LayerNorm.forward`, bias is added before gain is multiplied: (normalised + bias) * gain -> layer_norm.multiplies_the_bias_too
# slip: in `LayerNorm.forward`, the variance divides by d - 1 (ddof=1, as torch.std does) -> layer_norm.divides_by_d_minus_one

import numpy as np


class LayerNorm:
    def __init__(self, gain, bias, eps):
        self.gain = gain
        self.bias = bias
        self.eps = 1e-6

    def forward(self, x):
        mean = x.mean(-1, keepdims=True)
        std = np.sqrt(x.var(-1, ddof=1, keepdims=True) + self.eps)
        out = (x - mean) / std
        return (out + self.bias) * self.gain


def layer_norm(x, gain, bias, eps=1e-5):
    return LayerNorm(gain, bias, eps).forward(x)
