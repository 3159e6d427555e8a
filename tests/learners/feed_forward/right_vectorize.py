import math

import numpy as np


def relu(x):
    return np.maximum(x, 0)


def gelu(x):
    phi = (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2))) / 2
    return (x * phi).astype(np.result_type(x.dtype, np.float32))


def feed_forward(x, params, activation="relu"):
    if activation == "relu":
        act = relu
    elif activation == "gelu":
        act = gelu
    else:
        raise ValueError(f"unknown activation: {activation!r}")
    return act(x @ params["w_in"] + params["b_in"]) @ params["w_out"] + params["b_out"]
