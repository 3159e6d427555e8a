import numpy as np


class AddNorm:
    def __init__(self, gain, bias, eps):
        self.gain, self.bias, self.eps = gain, bias, eps

    def __call__(self, *arrays):
        total = sum(array.astype(np.float64) for array in arrays)
        mean, variance = total.mean(-1)[..., None], total.var(-1)[..., None]
        return self.gain * (total - mean) * (variance + self.eps) ** -0.5 + self.bias


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    output = AddNorm(gain, bias, eps)(x, sublayer_output)
    return np.asfortranarray(output.astype(x.dtype))
