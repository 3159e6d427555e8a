import math

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    out = np.zeros(x.shape, dtype=np.result_type(x.dtype, np.float32))
    for index in np.ndindex(*x.shape[:-1]):
        vector = [float(f) for f in x[index]]
        mean = sum(vector) / d
        variance = 0.0
        for f in vector:
            variance += (f - mean) ** 2
        variance /= d
        size = math.sqrt(variance + eps)
        for k, f in enumerate(vector):
            out[index + (k,)] = float(gain[k]) * (f - mean) / size + float(bias[k])
    return out
