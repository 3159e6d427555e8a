import math

import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    output = np.empty_like(x)
    for place in np.ndindex(x.shape[:-1]):
        total = [float(a) + float(b) for a, b in zip(x[place], sublayer_output[place])]
        mean = sum(total) / len(total)
        variance = sum((t - mean) ** 2 for t in total) / len(total)
        scale = 1 / math.sqrt(variance + eps)
        output[place] = [(t - mean) * scale * g + b for t, g, b in zip(total, gain, bias)]
    return output
