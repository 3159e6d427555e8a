import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    result = np.empty(x.shape, dtype=(x * 1.0).dtype)
    for place in np.ndindex(*x.shape[:-1]):
        s = [float(a) + float(b) for a, b in zip(x[place], sublayer_output[place])]
        m = sum(s) / len(s)
        v = sum((t - m) ** 2 for t in s) / len(s)
        result[place] = [g * (t - m) * (v + eps) ** -0.5 + b for t, g, b in zip(s, gain.tolist(), bias.tolist())]
    return result
