import math

import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    d = x.shape[-1]
    result = np.zeros(x.shape, x.dtype)
    for where in np.ndindex(x.shape[:-1]):
        vector = [float(number) for number in x[where]]
        mean = sum(vector) / d
        variance = sum((number - mean) ** 2 for number in vector) / d
        for j in range(d):
            normalised = (vector[j] - mean) / math.sqrt(variance + eps)
            result[where + (j,)] = gain[j] * normalised + bias[j]
    return result
