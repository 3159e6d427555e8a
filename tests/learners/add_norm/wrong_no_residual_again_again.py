# what: in `add_norm`, x is not added: only the sublayer's output is normalised
# names: add_norm.forgets_the_residual

import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    total = sublayer_output
    mean = total.mean(axis=-1, keepdims=True)
    var = ((total - mean) ** 2).mean(axis=-1, keepdims=True)
    return (total - mean) / np.sqrt(var + eps) * gain + bias
