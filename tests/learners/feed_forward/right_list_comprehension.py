from math import erf, sqrt

import numpy as np


def relu(x):
    return np.where(x > 0, x, 0)


def gelu(x):
    numbers = [v * (1 + erf(v / sqrt(2))) / 2 for v in x.ravel().tolist()]
    return np.array(numbers, dtype=x.dtype).reshape(x.shape)


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError("unknown activation: " + repr(activation))
    wide = act(x @ params["w_in"] + params["b_in"])
    return wide @ params["w_out"] + params["b_out"]
