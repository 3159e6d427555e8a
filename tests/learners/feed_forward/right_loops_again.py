import math

import numpy as np


def relu(x):
    y = np.zeros(x.shape, dtype=x.dtype)
    for index in np.ndindex(*x.shape):
        if x[index] > 0:
            y[index] = x[index]
    return y


def gelu(x):
    y = np.empty(x.shape, dtype=(x * 1.0).dtype)
    for index in np.ndindex(*x.shape):
        v = float(x[index])
        y[index] = v * 0.5 * math.erfc(-v / math.sqrt(2.0))
    return y


def feed_forward(x, params, activation="relu"):
    if activation not in ("relu", "gelu"):
        raise ValueError("activation must be 'relu' or 'gelu'")
    out = np.empty(x.shape, dtype=(x * 1.0).dtype)
    for place in np.ndindex(*x.shape[:-1]):
        wide = np.dot(x[place], params["w_in"]) + params["b_in"]
        wide = relu(wide) if activation == "relu" else gelu(wide)
        out[place] = np.dot(wide, params["w_out"]) + params["b_out"]
    return out
