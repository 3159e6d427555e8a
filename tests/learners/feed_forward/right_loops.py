import math

import numpy as np


def relu(x):
    out = np.empty_like(x)
    for i in np.ndindex(x.shape):
        out[i] = x[i] if x[i] > 0 else 0
    return out


def gelu(x):
    out = np.empty_like(x)
    for i in np.ndindex(x.shape):
        v = float(x[i])
        out[i] = v * (1 + math.erf(v / math.sqrt(2))) / 2
    return out


def linear(vector, w, b):
    result = []
    for column in range(w.shape[1]):
        total = float(b[column])
        for row in range(w.shape[0]):
            total += float(vector[row]) * float(w[row, column])
        result.append(total)
    return np.array(result)


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError("unknown activation")
    out = np.empty_like(x)
    for i in np.ndindex(x.shape[:-1]):
        wide = act(linear(x[i], params["w_in"], params["b_in"]))
        out[i] = linear(wide, params["w_out"], params["b_out"])
    return out
